// One task in a list: done or not, what, when, and what else is worth a look.
import { html } from "../../lib.js";
import { inWords, urgencyOf, whenOf } from "../../format.js";
import { t } from "../../i18n/index.js";
import { openTask } from "../../route.js";
import { waitingTasks } from "../../store/changes.js";
import { lists } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { toggle } from "./actions.js";
import { progressOf } from "./groups.js";
import { choosing, chosen, pick } from "./selection.js";

/** @param {{task: any, depth?: number, showList?: boolean, drag?: any}} given `drag`: handlers, where rows can be moved */
export function Row({ task, depth = 0, showList = true, drag = {} }) {
  const off = ["done", "dismissed"].includes(task.status);
  const when = whenOf(task);
  const [done, of] = progressOf(task.id);
  return html`<div class=${`task p-${task.priority} ${off ? "off" : ""}`} style=${{ "--depth": depth }} data-task=${task.id} ...${drag}>
    ${choosing.value && html`<input type="checkbox" class="pick" checked=${chosen.value.has(task.id)} aria-label=${t("select.one", { title: task.title })} onClick=${(event) => pick(task.id, event.shiftKey)} />`}
    <button class=${`tick ${off ? "on" : ""}`} role="checkbox" aria-checked=${off} aria-label=${t("task.done", { title: task.title })} onClick=${() => toggle(task)}><${Icon} name="check" size=${14} /></button>
    <button class="plain what" data-stop onClick=${() => openTask(task.id)}>
      <span class="title">${task.title}</span>
      <span class="meta">${waitingTasks.value.has(task.id) && html`<span title=${t("waits")}><${Icon} name="clock" size=${13} /><span class="unseen">${t("waits")}</span></span>`}
        ${when && html`<span class=${`when ${off ? "" : urgencyOf(task)}`}>${when}</span>`}
        ${task.rrule && html`<span title=${inWords(task.rrule)}><${Icon} name="repeat" size=${13} /><span class="unseen">${inWords(task.rrule)}</span></span>`}
        ${of > 0 && html`<span>${done}/${of}</span>`}
        ${task.priority !== "none" && html`<span class=${`flag ${task.priority}`}><${Icon} name="flag" size=${13} /><span class="unseen">${t(`priority.${task.priority}`)}</span></span>`}
        ${task.status === "waiting" || task.status === "in_progress" ? html`<span>${t(`status.${task.status}`)}</span>` : null}
        ${showList && !lists.get(task.list_id)?.is_inbox && html`<span class="of">${task.list}</span>`}
        ${task.labels.map((label) => html`<span class="label" key=${label}>${label}</span>`)}</span>
    </button>
  </div>`;
}
