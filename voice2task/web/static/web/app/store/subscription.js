// Web Push to this browser: it belongs to whoever has asked for it, and ends when they sign out.
import { ApiError, get, post, remove } from "../api.js";

const KEY = "voice2task.push";
export const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** The server's key as the browser wants it: base64 of URLs to bytes. */
function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

/** @returns {Promise<"on"|"refused"|"failed">} */
export async function subscribeHere() {
  if ((await Notification.requestPermission()) !== "granted") return "refused";
  const { public_key } = await get("notifications/push-key/");
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(public_key) })
    .catch(() => null);
  if (!subscription) return "failed";
  const { id } = await post("notifications/subscriptions/", subscription.toJSON());
  localStorage.setItem(KEY, id);
  return "on";
}

/** Ends it in this browser. The server drops what its push service then says is gone. */
export async function unsubscribeHere() {
  localStorage.removeItem(KEY);
  const worker = canPush && (await navigator.serviceWorker.getRegistration());
  const subscription = worker && (await worker.pushManager.getSubscription());
  await subscription?.unsubscribe();
}

/** Lets the server know as well, while it still knows who asks. */
export async function giveUpSubscription() {
  const id = localStorage.getItem(KEY);
  if (!id) return;
  try {
    await remove(`notifications/subscriptions/${id}/`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
