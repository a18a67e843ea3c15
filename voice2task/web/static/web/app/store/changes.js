// Changes of tasks that wait for the network: shown at once, kept across reloads, sent once and in their order.
import { ApiError, get, request } from "../api.js";
import { computed, newId, signal } from "../lib.js";
import { connection } from "../socket.js";
import { drop, keep, kept } from "./local.js";
import { takeAnswer, tasks } from "./records.js";

/**
 * @typedef {{method: string, path: string, body?: any, taskId?: string, title: string, overlay?: any, guarded?: boolean}} Change
 * `{id}` in `path` stands for the task; `overlay` is how the task looks with the change, of one that it makes the
 * whole task. `guarded`: only if nobody else has changed the same.
 * @typedef {Change & {id: string, owner: string, at: number, version?: number, before?: any, error?: any, theirs?: any}} Waiting
 */

/** @type {import("../lib.js").Signal<Waiting[]>} */
export const changes = signal([]);
export const waitingTasks = computed(() => new Set(changes.value.map((row) => row.taskId)));
/** Those about which somebody must decide. */
export const stuck = computed(() => changes.value.filter((row) => row.error));
const RETRY = 2000;
const LOCK = "voice2task.changes";
/** What the server calls a task that was made here without it. */
const named = new Map();
let owner = "";
let sending = false;
let wanted = false;

export const realId = (id) => named.get(id) ?? id;
export const isOffline = () => connection.value !== "open" && !navigator.onLine;

export async function openChanges(userId) {
  owner = userId;
  await reread();
  showAll();
}

async function reread() {
  changes.value = (await kept("changes")).filter((row) => row.owner === owner).sort((a, b) => a.at - b.at);
}

/** Does a change now, or queues it: without a network, or behind others of the same task. @param {Change} change */
export async function act(change) {
  const taskId = change.taskId && realId(change.taskId);
  const row = { ...change, taskId: taskId ?? `local-${newId()}`, id: newId(), owner, at: Date.now() + changes.value.length / 1000 };
  if (isOffline() || waitingTasks.value.has(row.taskId)) return queue(row);
  try {
    return await ask(row);
  } catch (error) {
    if (error.code !== "offline") throw error;
    return queue(row);
  }
}

async function queue(row) {
  const held = tasks.rows.get(row.taskId);
  if (row.guarded && held) {
    row.version = held.version;
    row.before = Object.fromEntries(Object.keys(row.body ?? {}).map((name) => [name, held[name]]));
  }
  await keep("changes", row);
  changes.value = [...changes.value, row];
  show(row);
  if (connection.value === "open") sendChanges();
  return tasks.rows.get(row.taskId) ?? { id: row.taskId };
}

function show({ taskId, overlay, error }) {
  const held = tasks.rows.get(taskId);
  if (overlay && !error && (held || taskId.startsWith("local-"))) tasks.put(taskId, { ...held, ...overlay, id: taskId });
}

/** What waits is seen above what the server has told. */
export const showAll = () => changes.value.forEach(show);

const ask = ({ method, path, body, taskId, id, version }) =>
  request(method, path.replace("{id}", taskId), body, {
    ...(method === "POST" && { "Idempotency-Key": id }),
    ...(version !== undefined && { "If-Match": `"${version}"` }),
  });

/** Sends what waits. Of several pages of one browser, one does. */
export async function sendChanges() {
  wanted = true;
  if (sending || !owner) return;
  sending = true;
  try {
    while (wanted) {
      wanted = false;
      if (navigator.locks) await navigator.locks.request(LOCK, sendAll);
      else await sendAll();
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    setTimeout(() => connection.value === "open" && sendChanges(), RETRY);
  } finally {
    sending = false;
  }
}

async function sendAll() {
  await reread();
  for (let next = firstReady(); next; next = firstReady()) await sendOne(next);
}

/** The first that waits for nobody: behind a change about which somebody must decide, those of its task wait. */
function firstReady() {
  const held = new Set(stuck.value.map((row) => row.taskId));
  return changes.value.find((row) => !held.has(row.taskId));
}

/** Throws if the server cannot be reached or cannot answer; then it is tried again. */
async function sendOne(row) {
  try {
    await done(row, await ask(row));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 429) throw error;
    if (error.status === 412) await compare(row);
    else await put({ ...row, error: { code: error.code, message: error.message } });
  }
}

/** The task has changed meanwhile. That counts only where both have changed the same. */
async function compare(row) {
  const theirs = await get(`tasks/${row.taskId}/`);
  const names = Object.keys(row.body);
  if (names.every((name) => same(theirs[name], row.body[name]))) return done(row, theirs);
  if (names.every((name) => same(theirs[name], row.before?.[name]))) return put({ ...row, version: theirs.version });
  takeAnswer(theirs);
  tasks.put(row.taskId, theirs);
  return put({ ...row, error: { code: "version_stale", message: "" }, theirs });
}

/** Moments are written in more than one way. */
const plainly = (value) => (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : JSON.stringify(value ?? null));
const same = (one, other) => plainly(one) === plainly(other);

async function done(row, task) {
  if (row.taskId.startsWith("local-") && task) {
    named.set(row.taskId, task.id);
    tasks.hide(row.taskId);
  }
  // Those that wait behind it have seen the task as it is after this one.
  for (const other of changes.value.filter((one) => one.id !== row.id && one.taskId === row.taskId)) {
    await put({ ...other, taskId: realId(row.taskId), ...(other.version !== undefined && task && { version: task.version }) });
  }
  await forget(row.id);
  if (task?.id) {
    takeAnswer(task);
    showAll();
  }
}

async function put(row) {
  await keep("changes", row);
  changes.value = changes.value.map((one) => (one.id === row.id ? row : one));
}

async function forget(id) {
  await drop("changes", id);
  changes.value = changes.value.filter((row) => row.id !== id);
}

/** Does it although somebody else has changed the same. */
export async function insist(row) {
  await put({ ...row, error: undefined, theirs: undefined, version: row.theirs?.version ?? row.version });
  show(changes.value.find((one) => one.id === row.id));
  sendChanges();
}

/** Gives up a change, and of a task that was to be made all others of it. */
export async function giveUp(row) {
  const local = row.taskId.startsWith("local-");
  for (const one of changes.value.filter((other) => other.id === row.id || (local && other.taskId === row.taskId))) await forget(one.id);
  if (local) tasks.hide(row.taskId);
  else await get(`tasks/${row.taskId}/`).then((task) => tasks.put(task.id, task), () => {});
  sendChanges();
}
