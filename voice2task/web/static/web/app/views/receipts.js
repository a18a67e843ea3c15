// What a turn has committed, each to be taken back, and all of it at once.
import { html, useState } from "../lib.js";
import { post } from "../api.js";
import { inWords, whenOf } from "../format.js";
import { knows, t } from "../i18n/index.js";
import { openTask } from "../route.js";
import { send } from "../socket.js";
import { tasks } from "../store/records.js";
import { hasEnded } from "../store/turns.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";

const ICONS = { created: "plus", completed: "check", trashed: "trash", deleted: "trash", moved: "list", updated: "label", reopened: "repeat", restored: "undo" };

export function Receipts({ turn }) {
  const receipts = turn.receipts ?? [];
  if (!receipts.length) return null;
  const gone = new Set((turn.undone?.undone ?? []).map((row) => row.activity_id));
  const left = receipts.filter((receipt) => !gone.has(receipt.activity_id));
  const all = () => send({ type: "turn.undo", turn_id: turn.id }) || trying(() => post(`turns/${turn.id}/undo/`));
  return html`<div class="receipts">
    ${receipts.map((receipt) => html`<${Receipt} key=${receipt.activity_id} receipt=${receipt} undone=${gone.has(receipt.activity_id)} />`)}
    ${left.length > 1 && hasEnded(turn) && html`<button class="small" onClick=${all}><${Icon} name="undo" size=${16} /> ${t("undo.all")}</button>`}
    ${turn.undone?.conflicts?.length > 0 && html`<p class="note">${t("undo.conflicts", { names: turn.undone.conflicts.map((one) => one.name).join(", ") })}</p>`}
  </div>`;
}

function Receipt({ receipt, undone }) {
  const [taken, setTaken] = useState(false);
  const off = undone || taken;
  const verb = receipt.kind.split(".")[1];
  // As it is now, if this page holds it, rather than as it was when the turn was read.
  const task = receipt.subject.type === "task" ? tasks.get(receipt.subject.id) ?? receipt.task : null;
  const details = task ? [whenOf(task), inWords(task.rrule), task.list, task.priority !== "none" ? t(`priority.${task.priority}`) : ""].filter(Boolean).join(" · ") : "";
  const take = async () => {
    const done = await trying(() => post(`activities/${receipt.activity_id}/undo/`));
    if (!done) return;
    setTaken(true);
    tell(done.conflicts?.length ? t("undo.conflicts", { names: done.conflicts.map((one) => one.name).join(", ") }) : t("undone"));
  };
  const title = html`<b>${task?.title ?? receipt.title}</b>`;
  return html`<div class=${off ? "receipt off" : "receipt"}>
    <span class=${`mark ${verb}`}><${Icon} name=${ICONS[verb] ?? "check"} size=${16} /></span>
    <span class="grow"><small>${knows(`did.${receipt.kind}`) ? t(`did.${receipt.kind}`) : receipt.kind}</small>
      ${task ? html`<button class="plain title" onClick=${() => openTask(task.id)}>${title}</button>` : title}
      ${details && html`<small>${details}</small>`}</span>
    ${off ? html`<small>${t("undone")}</small>` : html`<button class="plain round" aria-label=${t("undo.one", { title: receipt.title })} title=${t("undo")} onClick=${take}><${Icon} name="undo" /></button>`}
  </div>`;
}
