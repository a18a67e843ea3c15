// Ties the doors to what is held: what to resume, which frame goes where.
import { get } from "../api.js";
import { effect, signal } from "../lib.js";
import { takePreferences } from "../session.js";
import * as socket from "../socket.js";
import { openChanges, sendChanges, showAll } from "./changes.js";
import { openKept } from "./kept.js";
import { acknowledged, openOutbox, refused, sendAgain } from "./outbox.js";
import { applyEvent, forgetEverything, loaded, readEverything } from "./records.js";
import { heard, openRecordings, recordingAcknowledged, recordingRefused, reopened } from "./recordings.js";
import { subscribedAs } from "./subscription.js";
import { applyTurnEvent, applyTurnFrame, forgetTurns, openPositions } from "./turns.js";
import { tell } from "../ui/toast.js";

/** The last event this page has. */
export const seq = signal(-1);
const FIRST_RETRY = 2000;
let preferenceChanges = 0;

export async function follow(user) {
  await Promise.all([openOutbox(user.id), openRecordings(user.id), openKept(user.id)]);
  await openChanges(user.id);
  socket.start({
    resume: () => (seq.value >= 0 ? { after: seq.value, turns: openPositions() } : null),
    frame: take,
    open: () => {
      sendAgain();
      reopened();
      sendChanges();
    },
    signedOut: () => location.reload(),
  });
}

export function unfollow() {
  socket.stop();
  forgetEverything();
  forgetTurns();
  seq.value = -1;
}

/** All that is read is read after `ready`, so it is at least as new as the events' beginning. */
async function read() {
  try {
    await Promise.all([readEverything(), readPreferences()]);
    showAll();
    if (subscribedAs.value) (await import("../later/subscribing.js")).renewSubscription();
  } catch {
    setTimeout(() => socket.connection.value === "open" && loaded.value === "failed" && read(), FIRST_RETRY);
  }
}

/** Who is there was asked before the socket was open; what has changed since then is in no event. */
async function readPreferences() {
  const before = preferenceChanges;
  const read = await get("auth/me/");
  if (before === preferenceChanges) await takePreferences(read);
}

function take(frame) {
  if (frame.type.startsWith("turn.")) applyTurnFrame(frame);
  else (TAKE[frame.type] ?? (() => {}))(frame);
}

const TAKE = {
  ready(frame) {
    if (seq.value >= 0) return;
    seq.value = frame.seq;
    read();
  },
  event(event) {
    if (event.seq <= seq.value) return;
    seq.value = event.seq;
    applyEvent(event);
    applyTurnEvent(event);
    if (event.kind === "user.updated") {
      preferenceChanges += 1;
      takePreferences(event.data.after);
    }
  },
  reset(frame) {
    forgetEverything();
    seq.value = frame.seq;
    read();
  },
  async ack(frame) {
    await acknowledged(frame);
    await recordingAcknowledged(frame);
  },
  async error(frame) {
    if (frame.id && ((await refused(frame)) || (await recordingRefused(frame)))) return;
    tell(frame.message, "bad");
  },
  "audio.ack": heard.acknowledged,
  "transcript.partial": heard.partial,
  "transcript.final": heard.final,
};

// A page that was away for a moment reads what it could not read then.
effect(() => {
  if (socket.connection.value === "open" && loaded.peek() === "failed") read();
});
