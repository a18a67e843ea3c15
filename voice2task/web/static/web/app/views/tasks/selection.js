// Several tasks chosen together.
import { html, signal } from "../../lib.js";
import { addDays, today } from "../../format.js";
import { t } from "../../i18n/index.js";
import { liveLists } from "../../store/records.js";
import { many } from "./actions.js";

export const choosing = signal(false);
/** @type {import("../../lib.js").Signal<Set<string>>} */
export const chosen = signal(new Set());
/** The ids that are shown, in order: what a range is taken from. */
let order = [];
let last = "";

export function offer(ids) {
  order = ids;
}

/** Chooses one, or with `range` all from the last one to this. */
export function pick(id, range) {
  const next = new Set(chosen.value);
  const on = !next.has(id);
  const [a, b] = [order.indexOf(last), order.indexOf(id)].sort((x, y) => x - y);
  for (const one of range && a >= 0 ? order.slice(a, b + 1) : [id]) on ? next.add(one) : next.delete(one);
  last = id;
  chosen.value = next;
}

export function endChoosing() {
  choosing.value = false;
  chosen.value = new Set();
}

export function SelectButton() {
  const flip = () => (choosing.value ? endChoosing() : (choosing.value = true));
  return html`<button class="plain" aria-pressed=${choosing.value} onClick=${flip}>${choosing.value ? t("select.end") : t("select")}</button>`;
}

/** What can be done to all that is chosen. */
export function Selection() {
  if (!choosing.value) return null;
  const ids = [...chosen.value];
  const run = async (operation) => {
    await many(ids, operation);
    endChoosing();
  };
  const off = ids.length === 0;
  return html`<div class="selection" role="toolbar" aria-label=${t("select.what")}>
    <span role="status">${t("select.count", { count: ids.length })}</span>
    <button class="small" onClick=${() => (chosen.value = new Set(order))}>${t("select.all")}</button>
    <button class="small" disabled=${off} onClick=${() => run({ name: "complete" })}>${t("complete")}</button>
    <button class="small" disabled=${off} onClick=${() => run({ name: "update", changes: { due_on: today.value, due_at: null } })}>${t("today")}</button>
    <button class="small" disabled=${off} onClick=${() => run({ name: "update", changes: { due_on: addDays(today.value, 1), due_at: null } })}>${t("tomorrow")}</button>
    <select class="small" disabled=${off} aria-label=${t("move.to")} onChange=${(event) => event.target.value && run({ name: "move", list_id: event.target.value })}>
      <option value="">${t("move.to")}</option>${liveLists.value.map((list) => html`<option key=${list.id} value=${list.id}>${list.name}</option>`)}</select>
    <button class="small bad" disabled=${off} onClick=${() => run({ name: "trash" })}>${t("trash")}</button>
  </div>`;
}
