// From what was understood to tasks.
import { post } from "../../api.js";
import { lists } from "../../store/records.js";
import { trying } from "../../ui/toast.js";
import { add } from "./actions.js";

let last = Promise.resolve(true);

/**
 * Adds tasks in their order, after those that are being added. Answers whether all were.
 * @param {import("../../store/understanding.js").Understood[]|null} understood @param {string} text the sentence,
 * which is the title where nothing was understood @param {Record<string, any>} fields of each, unless it says otherwise
 */
export function addUnderstood(understood, text, fields) {
  const tasks = understood?.length ? understood : [{ command: { title: text }, source: null }];
  last = last.then(async () => {
    for (const task of tasks) if (!(await addOne(task, fields))) return false;
    return true;
  });
  return last;
}

async function addOne({ command, source }, fields) {
  const { title, due_on, due_at, rrule, priority, labels, lead_minutes } = command;
  const list_id = command.list ? command.list_id ?? (await listCalled(command.list)) : null;
  if (command.list && !list_id) return false;
  const said = {
    ...(due_on && { due_on, due_at }), ...(rrule && { rrule }), ...(priority && { priority }),
    ...(list_id && { list_id }), ...(labels?.length && { labels }), ...(source && { source_span: source }),
  };
  const task = await add({ title, ...fields, ...said });
  if (task && lead_minutes) await trying(() => post(`tasks/${task.id}/reminders/`, { lead_minutes }));
  return Boolean(task);
}

async function listCalled(name) {
  const held = lists.all().find((list) => list.name.toLowerCase() === name.toLowerCase());
  return held?.id ?? (await trying(() => post("lists/", { name })))?.id;
}
