// What can be done to tasks from any view. Without a network a change is shown at once and sent later.
import { postOnce } from "../../api.js";
import { t } from "../../i18n/index.js";
import { act } from "../../store/changes.js";
import { inbox, lists, takeAnswer, tasks } from "../../store/records.js";
import { tell, trying } from "../../ui/toast.js";

const shown = async (work) => {
  const task = await trying(work);
  if (task?.version) takeAnswer(task);
  return task;
};
const asked = (change) => shown(() => act(change));
const titleOf = (id) => tasks.rows.get(id)?.title ?? "";

/** A task as it looks before the server has made it. */
function draft(fields) {
  const list = lists.rows.get(fields.list_id) ?? (fields.parent_id ? lists.rows.get(tasks.rows.get(fields.parent_id)?.list_id) : null) ?? inbox.value;
  return {
    notes: "", status: "open", priority: "none", due_on: null, due_at: null, start_on: null, estimate_minutes: null, rrule: "", repeat_from: "due",
    parent_id: null, position: "~", labels: [], links: [], completed_at: null, trashed_at: null, created_at: new Date().toISOString(), version: 0,
    ...fields, list_id: list?.id, list: list?.name ?? "",
  };
}

export const change = (id, changes) => asked({ method: "PATCH", path: "tasks/{id}/", body: changes, taskId: id, title: titleOf(id), overlay: changes, guarded: true });
export const add = (fields) => asked({ method: "POST", path: "tasks/", body: fields, title: fields.title, overlay: draft(fields) });
/** @param {{list_id?: string, before_id?: string, after_id?: string, status?: string}} place */
export const move = (id, place) => {
  const list = place.list_id && lists.rows.get(place.list_id);
  return asked({ method: "POST", path: "tasks/{id}/move/", body: place, taskId: id, title: titleOf(id), overlay: { ...(list && { list_id: list.id, list: list.name }), ...(place.status && { status: place.status }) } });
};
export const restore = (id) => asked({ method: "POST", path: "tasks/{id}/restore/", body: {}, taskId: id, title: titleOf(id), overlay: { trashed_at: null } });
const reopen = (task) => asked({ method: "POST", path: "tasks/{id}/reopen/", body: {}, taskId: task.id, title: task.title, overlay: { status: "open", completed_at: null } });

export async function toggle(task) {
  if (["done", "dismissed"].includes(task.status)) return reopen(task);
  // When one that repeats is due again is for the server to say.
  const overlay = task.rrule ? {} : { status: "done", completed_at: new Date().toISOString() };
  const done = await asked({ method: "POST", path: "tasks/{id}/complete/", body: {}, taskId: task.id, title: task.title, overlay });
  if (!done) return done;
  const undo = { label: t("undo"), run: () => reopen(done) };
  tell(done.status === "done" ? t("task.completed", { title: task.title }) : t("task.next", { title: task.title }), "good", done.status === "done" ? undo : null);
  return done;
}

export async function trash(task) {
  const overlay = { trashed_at: new Date().toISOString() };
  if ((await trying(async () => (await act({ method: "DELETE", path: "tasks/{id}/", taskId: task.id, title: task.title, overlay })) ?? true)) === undefined) return;
  tell(t("task.trashed", { title: task.title }), "good", { label: t("undo"), run: () => restore(task.id) });
}

/** Many at once: one request, each either done or refused for itself. */
export async function many(ids, operation) {
  const answer = await trying(() => postOnce("tasks/bulk/", { operations: ids.map((id) => ({ id, ...operation })), all_or_none: false }));
  if (!answer) return;
  const faults = answer.results.filter((one) => one.error);
  for (const { task } of answer.results) if (task) takeAnswer(task);
  if (faults.length) tell(t("bulk.faults", { count: faults.length, why: faults[0].error.detail }), "bad");
  else tell(t("bulk.done", { count: ids.length }));
}
