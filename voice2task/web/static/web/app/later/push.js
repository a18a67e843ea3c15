// Notifications of the system, for when no page is open: the browser's own push service brings them.
import { html, useEffect, useState } from "../lib.js";
import { eachPage, get, post, remove } from "../api.js";
import { dayOf } from "../format.js";
import { t } from "../i18n/index.js";
import { tell, trying } from "../ui/toast.js";

const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** The server's key as the browser wants it: base64 of URLs to bytes. */
function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return tell(t("push.refused"), "bad");
  const { public_key } = await get("notifications/push-key/");
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(public_key) })
    .catch(() => null);
  if (!subscription) return tell(t("push.failed"), "bad");
  await post("notifications/subscriptions/", subscription.toJSON());
  return tell(t("push.on"));
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
