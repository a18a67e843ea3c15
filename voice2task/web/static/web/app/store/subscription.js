// Web Push to this browser: it belongs to whoever has asked for it, and ends when they sign out.
import { ApiError, remove } from "../api.js";
import { signal } from "../lib.js";

const KEY = "voice2task.push";
export const canPush = window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
/** The server's id of this browser's subscription; empty if it has none. */
export const subscribedAs = signal(localStorage.getItem(KEY) ?? "");

export function remember(id) {
  subscribedAs.value = id;
  if (id) localStorage.setItem(KEY, id);
  else localStorage.removeItem(KEY);
}

/** Ends it in this browser. The server drops what its push service then says is gone. */
export async function unsubscribeHere() {
  remember("");
  const worker = canPush && (await navigator.serviceWorker.getRegistration());
  const subscription = worker && (await worker.pushManager.getSubscription());
  await subscription?.unsubscribe();
}

/** Lets the server know as well, while it still knows who asks. */
export async function giveUpSubscription() {
  if (!subscribedAs.value) return;
  try {
    await remove(`notifications/subscriptions/${subscribedAs.value}/`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
