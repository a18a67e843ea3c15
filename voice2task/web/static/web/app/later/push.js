// Notifications of the system, for when no page is open: the browser's own push service brings them.
import { html, useEffect, useState } from "../lib.js";
import { remove } from "../api.js";
import { dayOf } from "../format.js";
import { t } from "../i18n/index.js";
import { recent } from "../store/records.js";
import { canPush, subscribedAs, unsubscribeHere } from "../store/subscription.js";
import { tell, trying } from "../ui/toast.js";
import { PushRefused, readSubscriptions, subscribeHere } from "./subscribing.js";

export function Push() {
  const [rows, setRows] = useState([]);
  const [fault, setFault] = useState(null);
  const [busy, setBusy] = useState(false);
  const changed = recent.value.find((event) => event.kind.startsWith("push."))?.seq;
  useEffect(() => void trying(readSubscriptions).then((read) => read && setRows(read)), [changed]);
  const subscribe = async () => {
    setBusy(true);
    setFault(null);
    try {
      await trying(subscribeHere);
      if (subscribedAs.value) tell(t("push.on"));
    } catch (error) {
      if (!(error instanceof PushRefused)) throw error;
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const end = (id) => trying(async () => {
    await remove(`notifications/subscriptions/${id}/`);
    if (id === subscribedAs.value) await unsubscribeHere();
  });
  const isOn = rows.some((row) => row.id === subscribedAs.value);
  return html`<div class="wide push"><ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow">${row.id === subscribedAs.value ? html`<b>${t("push.this")}</b> · ` : ""}${row.host} <small>${dayOf(row.created_at)}</small></span>
      <button class="small" onClick=${() => end(row.id)}>${t("push.off")}</button></li>`)}</ul>
    ${!canPush && html`<p class="note">${t("push.cannot")}</p>`}
    ${fault && html`<div class="fault" role="alert"><p>${t(`push.${fault.meaning}`)}</p><small>${t("push.code", { code: fault.name })}</small></div>`}
    ${busy && html`<p class="note" role="status">${t("push.asking")}</p>`}
    ${canPush && !isOn && html`<button disabled=${busy} onClick=${subscribe}>${t("push.here")}</button>`}</div>`;
}
