// What stands below a task.
import { html } from "../../lib.js";
import { t } from "../../i18n/index.js";
import { openTask } from "../../route.js";
import { tasks } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { toggle } from "./actions.js";
import { byPlace } from "./groups.js";
import { QuickAdd } from "./quick-add.js";

export function Subtasks({ task }) {
  const rows = tasks.all().filter((one) => one.parent_id === task.id && !one.trashed_at).sort(byPlace);
  return html`<section><h3>${t("subtasks")}</h3>
    <ul class="plain-list">${rows.map((one) => html`<li key=${one.id} class="row"><button class=${`tick ${one.status === "done" ? "on" : ""}`} role="checkbox" aria-checked=${one.status === "done"} aria-label=${t("task.done", { title: one.title })} onClick=${() => toggle(one)}><${Icon} name="check" size=${14} /></button>
      <button class="plain grow" onClick=${() => openTask(one.id)}>${one.title}</button></li>`)}</ul>
    <${QuickAdd} fields=${{ parent_id: task.id }} label=${t("subtask.add")} /></section>`;
}
