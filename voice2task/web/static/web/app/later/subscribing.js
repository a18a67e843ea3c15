// Subscribing this browser to Web Push, and seeing later that it still is.
import { ApiError, eachPage, get, post } from "../api.js";
import { canPush, remember, subscribedAs, unsubscribeHere } from "../store/subscription.js";

/** `name` is what the browser calls its refusal (`DOMException.name`), `push.${meaning}` what it means to people. */
export class PushRefused extends Error {
  constructor(name, meaning) {
    super(meaning);
    Object.assign(this, { name, meaning });
  }
}

/** Chromium goes on trying without a word where its push service is not to be reached. */
const PATIENCE = 20_000;
const MEANINGS = { NotAllowedError: "refused", AbortError: "unreachable", NetworkError: "unreachable", TimeoutError: "unreachable", NotSupportedError: "unsupported" };

/** The server's key as the browser wants it: base64 of URLs to bytes. */
function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** Asks for permission, subscribes and lets the server know. Throws `PushRefused` where the browser does not do it. */
export async function subscribeHere() {
  if ((await Notification.requestPermission()) !== "granted") throw new PushRefused("NotAllowedError", "refused");
  const { public_key } = await get("notifications/push-key/");
  const subscription = await subscriptionWith(bytesOf(public_key));
  const { id } = await post("notifications/subscriptions/", subscription.toJSON());
  remember(id);
}

async function subscriptionWith(applicationServerKey) {
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new DOMException("", "TimeoutError")), PATIENCE)));
  try {
    return await Promise.race([late, asked({ userVisibleOnly: true, applicationServerKey })]);
  } catch (error) {
    throw new PushRefused(error.name, MEANINGS[error.name] ?? "failed");
  } finally {
    clearTimeout(timer);
  }
}

async function asked(options) {
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  return pushManager.subscribe(options).catch(async (error) => {
    // One that was made for another key of the server is in the way of a new one.
    if (error.name !== "InvalidStateError") throw error;
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  });
}

/** Where this browser is notified, or was: `[{id, host, created_at}]`. */
export async function readSubscriptions() {
  const found = [];
  await eachPage("notifications/subscriptions/?page_size=200", (page) => found.push(...page.results));
  return found;
}

/** A browser may lose its subscription by itself, and its user may have ended it from another one. */
export async function renewSubscription() {
  if (!canPush || Notification.permission !== "granted") return;
  try {
    const rows = await readSubscriptions();
    if (!rows.some((row) => row.id === subscribedAs.value)) return await unsubscribeHere();
    const worker = await navigator.serviceWorker.ready;
    if (!(await worker.pushManager.getSubscription())) await subscribeHere();
  } catch (error) {
    // The next page tries again.
    if (!(error instanceof ApiError || error instanceof PushRefused)) throw error;
  }
}
