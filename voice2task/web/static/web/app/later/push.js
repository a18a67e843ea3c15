// Notifications of the system, for when no page is open: the browser's own push service brings them.
import { html, useEffect, useState } from "../lib.js";
import { eachPage, remove } from "../api.js";
import { dayOf } from "../format.js";
import { t } from "../i18n/index.js";
import { canPush, subscribeHere } from "../store/subscription.js";
import { tell, trying } from "../ui/toast.js";

async function subscribe() {
  const outcome = await subscribeHere();
  tell(t(`push.${outcome}`), outcome === "on" ? "good" : "bad");
}

export function Push() {
  const [rows, setRows] = useState([]);
  const read = () => trying(async () => {
    const found = [];
    await eachPage("notifications/subscriptions/?page_size=200", (page) => found.push(...page.results));
    setRows(found);
  });
  useEffect(() => void read(), []);
  const run = async (work) => {
    await trying(work);
    read();
  };
  return html`<div class="wide"><ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow">${row.host} <small>${dayOf(row.created_at)}</small></span>
      <button class="small" onClick=${() => run(() => remove(`notifications/subscriptions/${row.id}/`))}>${t("push.off")}</button></li>`)}</ul>
    ${canPush ? html`<button onClick=${() => run(subscribe)}>${t("push.here")}</button>` : html`<p class="note">${t("push.cannot")}</p>`}</div>`;
}
