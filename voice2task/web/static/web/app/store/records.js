// What the server has, held as it has it: read once by REST, then followed event by event.
import { ApiError, eachPage, get } from "../api.js";
import { computed, signal } from "../lib.js";
import { Collection } from "./collection.js";

export const tasks = new Collection();
export const lists = new Collection();
export const labels = new Collection();
export const reminders = new Collection();
export const conversations = new Collection();
export const messages = new Collection();
export const memories = new Collection();
export const captures = new Collection();
export const notifications = new Collection();

/** "reading", "kept" (as an earlier page has seen it), "there" or "failed": whether all that is open has been read. */
export const loaded = signal("reading");
/** Grows when everything has to be read again; whatever has read for itself begins anew with it. */
export const generation = signal(0);
/** The newest activities that came live, the last one first; the feed shows them above what it has read. */
export const recent = signal([]);

export const OPEN = ["backlog", "open", "in_progress", "waiting"];
export const BY_TYPE = { task: tasks, list: lists, label: labels, reminder: reminders, conversation: conversations, memory: memories, capture: captures, notification: notifications };
const RECENT_LIMIT = 200;

export const liveLists = computed(() =>
  lists.all().filter((list) => !list.archived_at).sort((a, b) => (a.position < b.position ? -1 : 1)));
export const inbox = computed(() => lists.all().find((list) => list.is_inbox));
export const openTasks = computed(() =>
  tasks.all().filter((task) => !task.trashed_at && OPEN.includes(task.status)));

/** Reads all that is open. Answers the `seq` that the events must begin after. */
export async function readEverything() {
  if (loaded.peek() !== "kept") loaded.value = "reading";
  let seq = Infinity;
  const into = (collection) => (page) => {
    collection.takePage(page.results, page.seq);
    seq = Math.min(seq, page.seq);
  };
  try {
    await eachPage("lists/?page_size=200", into(lists));
    await Promise.all([
      eachPage("labels/?page_size=200", into(labels)),
      eachPage("reminders/?page_size=200", into(reminders)),
      get("conversations/?page_size=100").then(into(conversations)),
      get("notifications/?page_size=50").then(into(notifications)),
      eachPage(`tasks/?page_size=200&${OPEN.map((status) => `status=${status}`).join("&")}`, into(tasks)),
    ]);
  } catch (error) {
    loaded.value = "failed";
    throw error;
  }
  for (const collection of [lists, labels, reminders, tasks]) collection.dropUnconfirmed();
  loaded.value = "there";
  return seq;
}

export function forgetEverything() {
  for (const collection of Object.values(BY_TYPE)) collection.clear();
  messages.clear();
  recent.value = [];
  generation.value += 1;
}

/** One event, in its turn. */
export function applyEvent(event) {
  const { kind, subject, data, seq } = event;
  const collection = BY_TYPE[subject.type];
  if (kind === "message.posted") messages.take(data.after, seq);
  else if (data.after?.message) messages.take(data.after.message, seq);
  else if (collection && kind.endsWith(".deleted")) collection.drop(subject.id, seq);
  else if (collection && !collection.merge(subject.id, data.after, seq)) readOne(subject, seq);
  if (data.before?.name !== undefined) rename(subject.type, data.before.name, data.after.name, subject.id);
  if (kind === "task.updated" && data.after.title !== undefined) retitle(subject.id, data.after.title);
  recent.value = [event, ...recent.value].slice(0, RECENT_LIMIT);
}

/** A task shows the names of its list and labels; these change without an event of the task's own. */
function rename(type, before, after, id) {
  if (type === "list") tasks.each((task) => (task.list_id === id ? { ...task, list: after } : task));
  if (type === "label") {
    const named = (name) => (name === before ? after : name);
    tasks.each((task) => (task.labels.includes(before) ? { ...task, labels: task.labels.map(named).sort() } : task));
  }
}

function retitle(taskId, title) {
  reminders.each((reminder) => (reminder.task_id === taskId ? { ...reminder, title } : reminder));
}

/** Something changed that has not been read: a task that was done long ago, say. */
async function readOne(subject, seq) {
  const path = { task: "tasks", list: "lists", label: "labels", reminder: "reminders", conversation: "conversations", capture: "captures" }[subject.type];
  if (!path) return;
  try {
    BY_TYPE[subject.type].take(await get(`${path}/${subject.id}/`), seq);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** What a change has answered, shown before its event comes. Only tasks say how new they are. */
export function takeAnswer(task) {
  const held = tasks.rows.get(task.id);
  if (held && held.version >= task.version) return;
  tasks.put(task.id, { ...held, ...task });
  tasks.unconfirmed.delete(task.id);
}
