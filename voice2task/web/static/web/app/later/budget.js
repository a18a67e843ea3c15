// What models have cost this month, and what they may.
import { html, useEffect, useState } from "../lib.js";
import { get } from "../api.js";
import { t } from "../i18n/index.js";
import { recent } from "../store/records.js";
import { trying } from "../ui/toast.js";
import { dollars } from "./money.js";
import { Spending } from "./spending.js";

export function Budget() {
  const [budget, setBudget] = useState(null);
  const changed = recent.value.find((event) => event.kind === "budget.updated" || event.kind === "turn.completed")?.seq;
  useEffect(() => void trying(() => get("auth/me/budget/")).then((read) => read && setBudget(read)), [changed]);
  if (!budget) return null;
  const { limit_micros: limit, spent_micros: spent, reserved_micros: reserved } = budget;
  const share = (part) => `${limit ? Math.min(100, (100 * part) / limit) : 0}%`;
  return html`<section class="card"><h2>${t("set.budget")}</h2>
    <p><b class="figure">${dollars(spent)}</b> ${limit === null ? t("budget.free") : t("budget.of", { limit: dollars(limit) })}</p>
    ${limit !== null && html`<div class="bar" role="meter" aria-valuemin="0" aria-valuemax=${limit} aria-valuenow=${spent} aria-label=${t("set.budget")}><i class="spent" style=${{ width: share(spent) }}></i><i class="reserved" style=${{ width: share(reserved) }}></i></div>`}
    ${reserved > 0 && html`<p class="note">${t("budget.reserved", { amount: dollars(reserved) })}</p>`}
    <${Spending} changed=${changed} /></section>`;
}
