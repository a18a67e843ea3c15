// When to be reminded of a task.
import { html, useState } from "../../lib.js";
import { patch, post, remove } from "../../api.js";
import { fromLocalInput, leadOf, localInput, momentOf } from "../../format.js";
import { t } from "../../i18n/index.js";
import { reminders } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { trying } from "../../ui/toast.js";

const LEADS = [0, 10, 30, 60, 1440];

export function Reminders({ task }) {
  const rows = reminders.all().filter((one) => one.task_id === task.id).sort((a, b) => ((a.fires_at ?? "") < (b.fires_at ?? "") ? -1 : 1));
  const [at, setAt] = useState("");
  const add = (fields) => trying(() => post(`tasks/${task.id}/reminders/`, fields));
  const submit = (event) => {
    event.preventDefault();
    if (at) add({ remind_at: fromLocalInput(at) });
    setAt("");
  };
  return html`<section><h3>${t("reminders")}</h3>
    <ul class="plain-list">${rows.map((one) => html`<li key=${one.id} class="row"><${Icon} name="bell" size=${16} />
      <span class="grow">${one.lead_minutes === null ? "" : `${leadOf(one.lead_minutes)} · `}${one.fires_at ? momentOf(one.fires_at) : ""}${one.fired_at ? ` · ${t("reminder.fired")}` : ""}</span>
      ${one.remind_at && !one.fired_at && html`<input type="datetime-local" class="small" aria-label=${t("reminder.change")} value=${localInput(one.remind_at)} onChange=${(event) => event.target.value && trying(() => patch(`reminders/${one.id}/`, { remind_at: fromLocalInput(event.target.value) }))} />`}
      <button class="plain round" aria-label=${t("reminder.remove")} onClick=${() => trying(() => remove(`reminders/${one.id}/`))}><${Icon} name="close" size=${16} /></button></li>`)}</ul>
    <div class="row wrap">
      <form class="row tight" onSubmit=${submit}><input type="datetime-local" class="small" aria-label=${t("reminder.at")} value=${at} onInput=${(event) => setAt(event.target.value)} /><button class="small" disabled=${!at}>${t("add")}</button></form>
      ${task.due_on && html`<select class="small" aria-label=${t("reminder.before")} onChange=${(event) => { if (event.target.value) add({ lead_minutes: Number(event.target.value) }); event.target.value = ""; }}><option value="">${t("reminder.before")}</option>${LEADS.map((minutes) => html`<option key=${minutes} value=${minutes}>${leadOf(minutes)}</option>`)}</select>`}
    </div></section>`;
}
