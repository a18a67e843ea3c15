// Recordings on their way: every piece is kept here as it is spoken, until the server has acknowledged the whole.
import { ApiError, post } from "../api.js";
import { newId, signal } from "../lib.js";
import { connection, send } from "../socket.js";
import { drop, dropPieces, keep, kept, piecesOf } from "./local.js";
import { begun } from "./outbox.js";
import { watch } from "./turns.js";

/**
 * @typedef {{id: string, owner: string, mime: string, recorded_at: string, timezone: string, language: string,
 *   conversation_id: string|null, thread: string, ended: boolean, started: boolean, bytes: number, error?: string}} Recording
 * `started` on the socket: what has arrived there is gone on with there; others are uploaded whole.
 */

/** @type {import("../lib.js").Signal<Recording[]>} */
export const recordings = signal([]);
/** What is being heard: recording id -> {text, stable}. */
export const words = signal({});
const RETRY = 2000;
let owner = "";
/** The recording that is open on the socket, and how many of its bytes have been sent there. */
let line = { id: "", sent: -1, stopped: false };
let uploading = "";

export async function openRecordings(userId) {
  owner = userId;
  line = { id: "", sent: -1, stopped: false };
  const rows = (await kept("recordings")).filter((row) => row.owner === owner);
  // A page that was closed while it recorded has ended the recording by that.
  recordings.value = rows.map((row) => ({ ...row, ended: true }));
}

/** @returns {Promise<Recording>} */
export async function beginRecording({ mime, conversationId, language }) {
  const id = newId();
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const row = { id, owner, mime, recorded_at: new Date().toISOString(), timezone, language, conversation_id: conversationId, thread: conversationId ?? id, ended: false, started: connection.value === "open", bytes: 0 };
  await put(row);
  sendRecordings();
  return row;
}

export async function addPiece(id, blob) {
  const row = find(id);
  if (!row || !blob.size) return;
  const data = await blob.arrayBuffer();
  await keep("pieces", { id, n: row.bytes, data });
  await put({ ...row, bytes: row.bytes + data.byteLength });
  if (line.id === id) pump();
}

export async function endRecording(id) {
  const row = find(id);
  if (row) await put({ ...row, ended: true });
  if (line.id === id) pump();
  else sendRecordings();
}

export async function cancelRecording(id) {
  const row = find(id);
  // What is being sent of it must not follow its end.
  if (line.id === id) line = { id: "", sent: -1, stopped: false };
  if (row?.started) send({ type: "audio.cancel", id });
  await forget(id);
  sendRecordings();
}

/** Goes on with whatever waits. Called when the line opens, and whenever something has ended. */
export function sendRecordings() {
  if (connection.value !== "open") {
    line = { id: "", sent: -1, stopped: false };
    return;
  }
  const waiting = recordings.value.filter((row) => !row.error);
  const spoken = waiting.find((row) => !row.ended && row.started) ?? waiting.find((row) => row.started);
  if (spoken && line.id !== spoken.id) startOnLine(spoken);
  const whole = waiting.find((row) => row.ended && !row.started);
  if (whole && !uploading) upload(whole);
}

export function reopened() {
  line = { id: "", sent: -1, stopped: false };
  sendRecordings();
}

function startOnLine(row) {
  const { id, mime, recorded_at, timezone, language } = row;
  const place = row.conversation_id ? { conversation_id: row.conversation_id } : {};
  line = { id, sent: -1, stopped: false };
  send({ type: "audio.start", id, mime, recorded_at, timezone, ...(language && { language }), ...place });
}

let pumping = false;
/** Sends what the server does not have yet, then the end. */
async function pump() {
  if (pumping || line.sent < 0) return;
  pumping = true;
  try {
    const open = line;
    for (const { n, data } of await piecesOf(open.id)) {
      if (line !== open || n + data.byteLength <= open.sent) continue;
      if (!send(n < open.sent ? data.slice(open.sent - n) : data)) return;
      open.sent = n + data.byteLength;
    }
    const row = find(open.id);
    if (row?.ended && open.sent >= row.bytes && !open.stopped && line === open) {
      open.stopped = send({ type: "audio.stop", id: open.id });
    }
  } finally {
    pumping = false;
  }
}

async function upload(row) {
  uploading = row.id;
  try {
    const pieces = await piecesOf(row.id);
    const form = new FormData();
    form.append("id", row.id);
    form.append("audio", new Blob(pieces.map((piece) => piece.data), { type: row.mime }), "recording");
    for (const name of ["recorded_at", "timezone", "language", "conversation_id"]) if (row[name]) form.append(name, row[name]);
    const posted = await post("captures/", form);
    await recordingAcknowledged({ id: row.id, ...posted });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status >= 400 && error.status < 500) await put({ ...row, error: error.message });
    else setTimeout(sendRecordings, RETRY);
  } finally {
    uploading = "";
    sendRecordings();
  }
}

export async function recordingAcknowledged(frame) {
  const row = find(frame.id);
  if (!row) return;
  begun.value = { ...begun.value, [row.thread]: frame.conversation_id };
  if (frame.turn_id) watch(frame.turn_id, frame.conversation_id);
  await forget(row.id);
  if (line.id === row.id) line = { id: "", sent: -1, stopped: false };
  sendRecordings();
}

/** Answers whether the refused frame was about a recording. */
export async function recordingRefused(frame) {
  const row = find(frame.id);
  if (!row) return false;
  // It had been ended before, and only the answer was lost: that is asked for again.
  if (frame.code === "capture_ended") return send({ type: "audio.stop", id: row.id });
  line = { id: "", sent: -1, stopped: false };
  if (frame.code === "audio_out_of_place" || frame.code === "unavailable") setTimeout(sendRecordings, RETRY);
  else await put({ ...row, error: frame.message });
  return true;
}

export const heard = {
  acknowledged(frame) {
    if (frame.id !== line.id) return;
    if (line.sent < 0) line.sent = frame.received;
    pump();
  },
  partial(frame) {
    words.value = { ...words.value, [frame.id]: { text: frame.text, stable: frame.stable ?? 0 } };
  },
  final(frame) {
    words.value = { ...words.value, [frame.id]: { text: frame.text, stable: frame.text.length } };
  },
};

const find = (id) => recordings.value.find((row) => row.id === id);

async function put(row) {
  const others = recordings.value.filter((one) => one.id !== row.id);
  recordings.value = [...others, row];
  await keep("recordings", row);
}

async function forget(id) {
  recordings.value = recordings.value.filter((row) => row.id !== id);
  await drop("recordings", id);
  await dropPieces(id);
}
