// Today and Upcoming.
import { html, useEffect, useMemo } from "../../lib.js";
import { longDay, today } from "../../format.js";
import { t } from "../../i18n/index.js";
import { loaded } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
import { Bell } from "../bell.js";
import { todayGroups, upcomingGroups } from "./groups.js";
import { QuickAdd } from "./quick-add.js";
import { Row } from "./row.js";
import { offer, SelectButton, Selection } from "./selection.js";

export const ROW = 58;
const HEADING = 46;
const heightOf = (row) => (row.title === undefined || row.id ? ROW : HEADING);
const keyOf = (row) => row.id ?? `group ${row.key}`;

export function Dated({ which }) {
  const groups = (which === "today" ? todayGroups : upcomingGroups).value;
  const rows = useMemo(() => groups.flatMap((group) => [{ key: group.key, title: group.title, count: group.tasks.length }, ...group.tasks]), [groups]);
  useEffect(() => offer(rows.filter((row) => row.id).map((row) => row.id)), [rows]);
  return html`<main class="page">
    <header class="top"><div><h1>${t(`place.${which}`)}</h1>${which === "today" && html`<p class="sub">${longDay(today.value)}</p>`}</div><div class="row tight"><${SelectButton} /><span class="phone-only"><${Bell} /></span></div></header>
    ${which === "today" && html`<${QuickAdd} fields=${{ due_on: today.value }} label=${t("task.add.today")} />`}
    <${Selection} />
    ${rows.length === 0 ? html`<${Nothing} icon=${which} text=${t(`none.${which}`)} hint=${t(`none.${which}.hint`)} />` : html`<div class="fill" onKeyDown=${onArrows}>
      <${Virtual} rows=${rows} heightOf=${heightOf} keyOf=${keyOf} label=${t(`place.${which}`)}>
        ${(row) => (row.id ? html`<${Row} task=${row} />` : html`<h2 class="group">${row.title} <span class="count">${row.count}</span></h2>`)}
      <//></div>`}
  </main>`;
}

/** What stands where nothing is, and what could be done about it. */
export function Nothing({ icon, text, hint = "" }) {
  if (loaded.value === "reading") return html`<p class="nothing" role="status">${t("reading")}</p>`;
  return html`<div class="nothing" role="status"><span class="halo"><${Icon} name=${icon} size=${30} /></span><p>${text}</p>${hint && html`<small>${hint}</small>`}</div>`;
}
