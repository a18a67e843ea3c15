// Today and Upcoming.
import { html, useEffect, useMemo } from "../../lib.js";
import { today } from "../../format.js";
import { t } from "../../i18n/index.js";
import { loaded } from "../../store/records.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
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
    <header class="top"><div><h1>${t(`place.${which}`)}</h1>${which === "today" && html`<p class="sub">${longDay()}</p>`}</div><${SelectButton} /></header>
    ${which === "today" && html`<${QuickAdd} fields=${{ due_on: today.value }} label=${t("task.add.today")} />`}
    <${Selection} />
    ${rows.length === 0 ? html`<${Nothing} text=${t(`none.${which}`)} />` : html`<div class="fill" onKeyDown=${onArrows}>
      <${Virtual} rows=${rows} heightOf=${heightOf} keyOf=${keyOf} label=${t(`place.${which}`)}>
        ${(row) => (row.id ? html`<${Row} task=${row} />` : html`<h2 class="group">${row.title} <span class="count">${row.count}</span></h2>`)}
      <//></div>`}
  </main>`;
}

const longDay = () => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${today.value}T00:00:00Z`));

/** What stands where nothing is. */
export function Nothing({ text }) {
  return html`<p class="nothing" role="status">${loaded.value === "reading" ? t("reading") : text}</p>`;
}
