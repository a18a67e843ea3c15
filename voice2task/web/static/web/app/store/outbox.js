// Messages on their way: kept here until the server has acknowledged them, each sent under its own id.
import { newId, signal } from "../lib.js";
import { send } from "../socket.js";
import { drop, keep, kept } from "./local.js";
import { messages } from "./records.js";
import { watch } from "./turns.js";

/**
 * @typedef {{id: string, owner: string, text: string, recorded_at: string, conversation_id: string|null,
 *   thread: string, error?: string}} Waiting
 * `thread` is the conversation as this page knows it: its id, or the id of the message that begins it.
 */

/** @type {import("../lib.js").Signal<Waiting[]>} */
export const waiting = signal([]);
/** What a conversation that began here is called by the server: thread -> conversation id. */
export const begun = signal({});
let owner = "";
let inFlight = "";

/** Everything of this user that an earlier page has left. */
export async function openOutbox(userId) {
  owner = userId;
  inFlight = "";
  waiting.value = (await kept("messages")).filter((row) => row.owner === owner).sort((a, b) => (a.recorded_at < b.recorded_at ? -1 : 1));
}

/** Queues a message. Answers its thread. */
export async function say(text, conversationId, thread = null) {
  const id = newId();
  const row = { id, owner, text, recorded_at: new Date().toISOString(), conversation_id: conversationId, thread: conversationId ?? thread ?? id };
  await keep("messages", row);
  waiting.value = [...waiting.value, row];
  sendNext();
  return row.thread;
}

/** The line is open again: what was under way may have been lost with the old one. */
export function sendAgain() {
  inFlight = "";
  sendNext();
}

export function sendNext() {
  const next = waiting.value.find((row) => !row.error && ready(row));
  if (!next || inFlight) return;
  const { id, text, recorded_at } = next;
  const place = next.conversation_id ? { conversation_id: next.conversation_id } : {};
  if (send({ type: "message.send", id, text, recorded_at, ...place })) inFlight = id;
}

/** A second message of a conversation that has no id yet waits for the first. */
function ready(row) {
  return row.conversation_id || row.thread === row.id || begun.value[row.thread];
}

export async function acknowledged(frame) {
  const row = waiting.value.find((one) => one.id === frame.id);
  if (!row) return;
  begun.value = { ...begun.value, [row.thread]: frame.conversation_id };
  watch(frame.turn_id, frame.conversation_id);
  const shown = { id: frame.message_id, client_id: row.id, conversation_id: frame.conversation_id, turn_id: frame.turn_id, role: "user", text: row.text, recorded_at: row.recorded_at, created_at: row.recorded_at };
  if (!messages.rows.has(shown.id)) messages.take(shown, 0);
  waiting.value = waiting.value
    .filter((one) => one.id !== row.id)
    .map((one) => (one.thread === row.thread ? { ...one, conversation_id: frame.conversation_id } : one));
  for (const one of waiting.value.filter((other) => other.thread === row.thread)) await keep("messages", one);
  await drop("messages", row.id);
  if (inFlight === row.id) inFlight = "";
  sendNext();
}

/** The server refused a frame. Answers whether it was one of these. */
export async function refused(frame) {
  const row = waiting.value.find((one) => one.id === frame.id);
  if (!row) return false;
  inFlight = "";
  if (frame.code === "unavailable") {
    setTimeout(sendNext, 1000);
    return true;
  }
  const marked = { ...row, error: frame.message };
  waiting.value = waiting.value.map((one) => (one.id === row.id ? marked : one));
  await keep("messages", marked);
  sendNext();
  return true;
}

/** Takes back what has not been sent, or was refused. */
export async function discard(id) {
  waiting.value = waiting.value.filter((row) => row.id !== id);
  if (inFlight === id) inFlight = "";
  await drop("messages", id);
}
