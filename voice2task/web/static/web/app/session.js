// Who is signed in, and how they come and go.
import { ApiError, get, lastly, onSignedOut, patch, post, request } from "./api.js";
import { signal } from "./lib.js";
import { browserLanguage, speak } from "./i18n/index.js";
import { follow, unfollow } from "./store/follow.js";
import { forgetKept } from "./store/kept.js";
import { giveUpSubscription, unsubscribeHere } from "./store/subscription.js";

/** undefined: not known yet. null: nobody. */
export const user = signal(undefined);
export const mayTryDemo = document.documentElement.hasAttribute("data-demo");
const KNOWN = "voice2task.user";
const LOG_OUT = "auth/logout/";

onSignedOut.call = () => user.value && leave();

/** Finds out who is there. Without a network it is who was there last: what they say waits to be sent. */
export async function enter() {
  // The page says whether there is a session; a page kept for offline use may be wrong, what is remembered here decides then.
  if (!document.documentElement.hasAttribute("data-signed-in") && !localStorage.getItem(KNOWN)) return nobody();
  try {
    await welcome(await get("auth/me/"));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const last = error.code === "offline" && localStorage.getItem(KNOWN);
    if (last) await welcome(JSON.parse(last));
    else await nobody();
  }
  return undefined;
}

async function welcome(found) {
  localStorage.setItem(KNOWN, JSON.stringify(found));
  await speak(found.language);
  user.value = found;
  await follow(found);
}

async function nobody() {
  localStorage.removeItem(KNOWN);
  // Whoever uses this browser next sees nothing of who was here, and gets nothing of what is pushed to them.
  await Promise.all([forgetKept(), unsubscribeHere()]);
  await speak(browserLanguage());
  user.value = null;
}

function leave() {
  unfollow();
  return nobody();
}

export async function signIn(email, password) {
  await get("auth/csrf/");
  await welcome(await post("auth/login/", { email, password }));
}

export async function register(email, password) {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await post("auth/register/", { email, password, timezone, language: browserLanguage() });
  await signIn(email, password);
}

export async function signInAsDemo() {
  await get("auth/csrf/");
  await request("POST", "/demo/sign-in/");
  await welcome(await get("auth/me/"));
}

/** The account is gone, and the session with it. */
export const signedOut = () => leave();

export async function signOut() {
  await giveUpSubscription();
  // What is still asked as this user would be refused once nobody is signed in.
  await lastly(LOG_OUT, async () => {
    await post(LOG_OUT);
    await leave();
  });
}

export async function changePreferences(changes) {
  await takePreferences(await patch("auth/me/", changes));
}

/** What has been changed, here or at another of the user's clients. */
export async function takePreferences(changed) {
  const next = { ...user.value, ...changed };
  await speak(next.language);
  user.value = next;
  localStorage.setItem(KNOWN, JSON.stringify(next));
}
