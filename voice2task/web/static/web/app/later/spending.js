// What models have cost, day by day: a bar for each day, a colour for each model, the figures below.
import { html, useEffect, useMemo, useState } from "../lib.js";
import { get } from "../api.js";
import { addDays, dayName, today } from "../format.js";
import { t } from "../i18n/index.js";
import { trying } from "../ui/toast.js";
import { dollars } from "./money.js";

const SPANS = [7, 30, 90];

/** @param {{changed: any}} given read again when it changes */
export function Spending({ changed }) {
  const [span, setSpan] = useState(30);
  const [read, setRead] = useState(null);
  useEffect(() => {
    const start = addDays(today.value, 1 - span);
    trying(() => get(`spending/?start=${start}&end=${today.value}`)).then((answer) => answer && setRead(answer));
  }, [span, changed]);
  const { bars, models, top } = useMemo(() => drawn(read), [read]);
  if (!read) return null;
  return html`<div class="row"><h3 class="grow">${t("spending")}</h3><select class="small" aria-label=${t("spending.span")} value=${span} onChange=${(event) => setSpan(Number(event.target.value))}>
      ${SPANS.map((days) => html`<option key=${days} value=${days}>${t("spending.days", { count: days })}</option>`)}</select></div>
    ${models.length === 0 ? html`<p class="note">${t("spending.none")}</p>` : html`
      <div class="chart" role="img" aria-label=${t("spending.chart", { amount: dollars(read.cost_micros), from: dayName(read.start), to: dayName(read.end) })}>
        ${bars.map(({ date, parts, told }) => html`<div key=${date} class="day-bar" title=${told}>${parts.map(({ model, share }) => html`<i key=${model} class=${`model-${models.findIndex((one) => one.model === model) % 5}`} style=${{ height: `${share}%` }}></i>`)}</div>`)}</div>
      <p class="row scale" aria-hidden="true"><span class="grow">${dayName(read.start)}</span>${top > 0 && html`<span class="grow middle-text">${t("spending.top", { amount: dollars(top) })}</span>`}<span>${dayName(read.end)}</span></p>
      <ul class="plain-list legend">${models.map(({ model, cost, requests }, index) => html`<li key=${model} class="row"><i class=${`dot model-${index % 5}`}></i><span class="grow">${model}</span><span>${t("spending.requests", { count: requests })}</span><b>${dollars(cost)}</b></li>`)}</ul>
      <details><summary>${t("spending.table")}</summary><div class="wide-table"><table><thead><tr><th scope="col">${t("field.due_on")}</th><th scope="col">${t("spending.model")}</th><th scope="col">${t("spending.tokens")}</th><th scope="col">${t("spending.cost")}</th></tr></thead>
        <tbody>${read.days.map((day) => html`<tr key=${`${day.date} ${day.model}`}><th scope="row">${dayName(day.date)}</th><td>${nameOf(day)}</td><td>${day.input_tokens + day.output_tokens}</td><td>${dollars(day.cost_micros)}</td></tr>`)}</tbody></table></div></details>`}`;
}

const nameOf = ({ provider, model }) => model || provider;

/** What the chart shows: bars from the first day to the last, the models by what they cost, the dearest day. */
function drawn(read) {
  const days = read?.days ?? [];
  // Models of one's own cost nothing; then the bars are as high as what they have read and written.
  const measure = days.some((day) => day.cost_micros) ? (day) => day.cost_micros : (day) => day.input_tokens + day.output_tokens;
  const models = new Map();
  const byDay = new Map();
  for (const day of days) {
    const model = models.get(nameOf(day)) ?? { model: nameOf(day), cost: 0, requests: 0 };
    models.set(model.model, { ...model, cost: model.cost + day.cost_micros, requests: model.requests + day.requests });
    byDay.set(day.date, [...(byDay.get(day.date) ?? []), day]);
  }
  const total = (rows, of) => rows.reduce((sum, day) => sum + of(day), 0);
  const highest = Math.max(1, ...[...byDay.values()].map((rows) => total(rows, measure)));
  const bars = [];
  for (let date = read?.start; date && date <= read.end; date = addDays(date, 1)) {
    const rows = byDay.get(date) ?? [];
    bars.push({ date, parts: rows.map((day) => ({ model: nameOf(day), share: (100 * measure(day)) / highest })), told: `${dayName(date)}: ${dollars(total(rows, (day) => day.cost_micros))}` });
  }
  const top = Math.max(0, ...[...byDay.values()].map((rows) => total(rows, (day) => day.cost_micros)));
  return { bars, models: [...models.values()].sort((a, b) => b.cost - a.cost), top };
}
