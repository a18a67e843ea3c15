// What can be done to tasks from any view. Each change is shown when the server has made it.
import { patch, post, postOnce, remove } from "../../api.js";
import { t } from "../../i18n/index.js";
import { takeAnswer } from "../../store/records.js";
import { tell, trying } from "../../ui/toast.js";

const shown = async (work) => {
  const task = await trying(work);
  if (task?.id) takeAnswer(task);
  return task;
};

export const change = (id, changes) => shown(() => patch(`tasks/${id}/`, changes));
export const add = (fields) => shown(() => postOnce("tasks/", fields));
/** @param {{list_id?: string, before_id?: string, after_id?: string, status?: string}} place */
export const move = (id, place) => shown(() => postOnce(`tasks/${id}/move/`, place));
export const restore = (id) => shown(() => post(`tasks/${id}/restore/`));

export async function toggle(task) {
  if (["done", "dismissed"].includes(task.status)) return shown(() => post(`tasks/${task.id}/reopen/`));
  const done = await shown(() => postOnce(`tasks/${task.id}/complete/`));
  if (!done) return done;
  const undo = { label: t("undo"), run: () => (done.status === "done" ? shown(() => post(`tasks/${task.id}/reopen/`)) : undefined) };
  tell(done.status === "done" ? t("task.completed", { title: task.title }) : t("task.next", { title: task.title }), "good", done.status === "done" ? undo : null);
  return done;
}

export async function trash(task) {
  if ((await trying(async () => (await remove(`tasks/${task.id}/`)) ?? true)) === undefined) return;
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
