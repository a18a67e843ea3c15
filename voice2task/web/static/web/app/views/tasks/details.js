// One task with all that belongs to it, at the side of whatever is shown.
import { html, useEffect, useState } from "../../lib.js";
import { get } from "../../api.js";
import { fromLocalInput, inWords, listName, localInput } from "../../format.js";
import { t } from "../../i18n/index.js";
import { realId, waitingTasks } from "../../store/changes.js";
import { labels, liveLists, takeAnswer, tasks } from "../../store/records.js";
import { Dialog } from "../../ui/dialog.js";
import { Icon } from "../../ui/icon.js";
import { change, move, restore, toggle, trash } from "./actions.js";
import { History } from "./history.js";
import { Reminders } from "./reminders.js";
import { Subtasks } from "./subtasks.js";

const STATUSES = ["backlog", "open", "in_progress", "waiting", "done", "dismissed"];
const PRIORITIES = ["none", "low", "medium", "high", "urgent"];
export const RULES = { "": "repeat.none", "FREQ=DAILY": "repeat.daily", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "repeat.workdays", "FREQ=WEEKLY": "repeat.weekly", "FREQ=WEEKLY;INTERVAL=2": "repeat.fortnightly", "FREQ=MONTHLY": "repeat.monthly", "FREQ=YEARLY": "repeat.yearly" };

export function Details({ id: known, onClose }) {
  const id = realId(known);
  const task = tasks.get(id);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!tasks.rows.has(id)) get(`tasks/${id}/`).then(takeAnswer, () => setMissing(true));
  }, [id]);
  if (!task) return html`<${Dialog} side title=${t("task")} onClose=${onClose}><p role="status">${missing ? t("task.missing") : t("reading")}</p><//>`;
  const off = ["done", "dismissed"].includes(task.status);
  return html`<${Dialog} side title=${t("task")} onClose=${onClose}>
    ${task.trashed_at && html`<p class="card row"><span class="grow">${t("task.in.trash")}</span><button class="small" onClick=${() => restore(id)}>${t("restore")}</button></p>`}
    ${waitingTasks.value.has(id) && html`<p class="note"><${Icon} name="clock" size=${14} /> ${t("waits")}</p>`}
    <div class="row start"><button class=${`tick big ${off ? "on" : ""}`} role="checkbox" aria-checked=${off} aria-label=${t("task.done", { title: task.title })} onClick=${() => toggle(task)}><${Icon} name="check" size=${16} /></button>
      <${Text} key=${`t${task.version}`} label=${t("title")} value=${task.title} className="title" onSave=${(title) => title.trim() && change(id, { title })} /></div>
    <${Text} key=${`n${task.version}`} label=${t("notes")} value=${task.notes} rows="3" onSave=${(notes) => change(id, { notes })} />
    <div class="fields">
      <${Due} task=${task} />
      <label>${t("list")}<select value=${task.list_id} onChange=${(event) => move(id, { list_id: event.target.value })}>${liveLists.value.map((list) => html`<option key=${list.id} value=${list.id}>${listName(list)}</option>`)}</select></label>
      <label>${t("status")}<select value=${task.status} onChange=${(event) => change(id, { status: event.target.value })}>${STATUSES.map((status) => html`<option key=${status} value=${status}>${t(`status.${status}`)}</option>`)}</select></label>
      <label>${t("priority")}<select value=${task.priority} onChange=${(event) => change(id, { priority: event.target.value })}>${PRIORITIES.map((one) => html`<option key=${one} value=${one}>${t(`priority.${one}`)}</option>`)}</select></label>
      <label>${t("start")}<input type="date" value=${task.start_on ?? ""} onChange=${(event) => change(id, { start_on: event.target.value || null })} /></label>
      <label>${t("estimate")}<input type="number" min="1" max="100000" value=${task.estimate_minutes ?? ""} onChange=${(event) => change(id, { estimate_minutes: Number(event.target.value) || null })} /></label>
      <${Repeat} task=${task} />
    </div>
    <${Labels} task=${task} />
    <${Subtasks} task=${task} />
    <${Reminders} task=${task} />
    <${History} task=${task} />
    ${!task.trashed_at && html`<p class="row end"><button class="bad" onClick=${() => { trash(task); onClose(); }}><${Icon} name="trash" size=${16} /> ${t("trash")}</button></p>`}
  <//>`;
}

/** A text that is saved when it is left, and goes back to what it was by Escape. */
function Text({ label, value, onSave, rows = "1", className = "" }) {
  const save = (event) => event.target.value !== value && onSave(event.target.value);
  const onKeyDown = (event) => {
    if (event.key === "Enter" && rows === "1") {
      event.preventDefault();
      event.target.blur();
    } else if (event.key === "Escape" && event.target.value !== value) {
      event.stopPropagation();
      event.preventDefault();
      event.target.value = value;
    }
  };
  return html`<label class=${`text ${className}`}><span class=${className ? "unseen" : ""}>${label}</span><textarea rows=${rows} value=${value} onBlur=${save} onKeyDown=${onKeyDown}></textarea></label>`;
}

function Due({ task }) {
  const time = task.due_at ? localInput(task.due_at).slice(11) : "";
  const set = (day, at) => change(task.id, day ? { due_on: day, due_at: at ? fromLocalInput(`${day}T${at}`) : null } : { due_on: null, due_at: null, ...(task.rrule && { rrule: "" }) });
  return html`<label>${t("due")}<input type="date" value=${task.due_on ?? ""} onChange=${(event) => set(event.target.value, time)} /></label>
    <label>${t("time")}<input type="time" value=${time} disabled=${!task.due_on} onChange=${(event) => set(task.due_on, event.target.value)} /></label>`;
}

function Repeat({ task }) {
  const own = task.rrule && !(task.rrule in RULES);
  return html`<label>${t("repeat")}<select value=${task.rrule} onChange=${(event) => change(task.id, { rrule: event.target.value })}>
      ${Object.entries(RULES).map(([rule, key]) => html`<option key=${rule} value=${rule}>${t(key)}</option>`)}
      ${own && html`<option value=${task.rrule}>${inWords(task.rrule)}</option>`}</select></label>
    ${task.rrule && html`<label>${t("repeat.from")}<select value=${task.repeat_from} onChange=${(event) => change(task.id, { repeat_from: event.target.value })}><option value="due">${t("repeat.due")}</option><option value="completion">${t("repeat.completion")}</option></select></label>
      <p class="note wide">${inWords(task.rrule)}</p>`}`;
}

function Labels({ task }) {
  const add = (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get("label").trim();
    event.target.reset();
    if (name && !task.labels.includes(name)) change(task.id, { labels: [...task.labels, name] });
  };
  return html`<section><h3>${t("labels")}</h3><div class="row wrap">
    ${task.labels.map((name) => html`<span class="label" key=${name}>${name}<button class="plain" aria-label=${t("label.remove", { name })} onClick=${() => change(task.id, { labels: task.labels.filter((one) => one !== name) })}><${Icon} name="close" size=${12} /></button></span>`)}
    <form onSubmit=${add}><input name="label" class="small" list="label-names" maxlength="50" placeholder=${t("label.add")} aria-label=${t("label.add")} /><datalist id="label-names">${labels.all().map((label) => html`<option key=${label.id} value=${label.name}></option>`)}</datalist></form></div></section>`;
}
