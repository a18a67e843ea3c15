// Turns of the agent, from their frames: what it says, does, asks and has done.
import { ApiError, eachPage, get } from "../api.js";
import { signal } from "../lib.js";
import { send } from "../socket.js";

/**
 * @typedef {{id: string, conversation_id: string|null, status: string, text: string, tools: any[], position: string,
 *   approval: any, receipts: any[], choices: any[], engine: string, fallbacks: any[], error: any, message: any,
 *   undone: any}} Turn
 */

const ENDED = ["completed", "failed", "stopped"];
/** @type {Map<string, import("../lib.js").Signal<Turn>>} */
const turns = new Map();
/** Turns that failed and have been tried again, the same turn each. A turn does not say so of itself. */
export const retried = signal(new Set());
let askedForRetried = false;

const fresh = (id, conversation_id) => ({
  id, conversation_id, status: "queued", text: "", tools: [], position: "0-0", approval: null, receipts: [],
  choices: [], engine: "", fallbacks: [], error: null, message: null, undone: null,
});

/** The signal of one turn, which may be unknown yet. */
export function turnOf(id) {
  if (!turns.has(id)) turns.set(id, signal({ ...fresh(id, null), status: "unknown" }));
  return turns.get(id);
}

export const hasEnded = (turn) => ENDED.includes(turn.status);

/** A turn that this page expects frames of. */
export function watch(id, conversationId) {
  const turn = turnOf(id);
  if (turn.value.status === "unknown") turn.value = fresh(id, conversationId);
  else if (!turn.value.conversation_id) turn.value = { ...turn.value, conversation_id: conversationId };
}

/** What `resume` says of turns that have not ended, at most 100. */
export function openPositions() {
  const open = [...turns.values()].map((one) => one.value).filter((turn) => !hasEnded(turn) && turn.status !== "unknown");
  return Object.fromEntries(open.slice(-100).map((turn) => [turn.id, turn.position]));
}

export function forgetTurns() {
  turns.clear();
  retried.value = new Set();
  askedForRetried = false;
}

/** Reads a turn that has ended, or begins to follow it. `after` is the last event's seq. */
export async function readTurn(id, after) {
  const held = turnOf(id);
  if (held.value.status !== "unknown") return;
  try {
    const [read] = await Promise.all([get(`turns/${id}/`), readRetried()]);
    if (held.value.status !== "unknown") return;
    held.value = { ...fresh(id, read.conversation_id), ...read, text: read.message?.text ?? "", tools: [], undone: null };
    if (!hasEnded(read)) send({ type: "resume", after, turns: { [id]: "0-0" } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Once a page: what is retried after it comes as an event. */
async function readRetried() {
  if (askedForRetried) return;
  askedForRetried = true;
  try {
    await eachPage("activities/?kind=turn.retried&page_size=200", ({ results }) => {
      retried.value = new Set([...retried.value, ...results.map((row) => row.subject.id)]);
    });
  } catch (error) {
    askedForRetried = false;
    throw error;
  }
}

/**
 * The end of a turn that failed says nothing of what it has committed; and read from the beginning, the frames of one
 * that is tried again tell of its failure first.
 */
async function readFailed(turn) {
  const { id, status: before } = turn.value;
  try {
    const { status, error, receipts } = await get(`turns/${id}/`);
    if (turn.value.status === before) turn.value = { ...turn.value, status, error, receipts };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

const HANDLERS = {
  "turn.started": () => ({ status: "running", approval: null }),
  "turn.delta": (turn, frame) => ({ status: "running", text: turn.text + frame.text }),
  "turn.tool": (turn, frame) => ({ status: "running", tools: withTool(turn.tools, frame) }),
  "turn.reset": () => ({ text: "", tools: [], approval: null }),
  "turn.approval": (_turn, frame) => ({ status: "awaiting_approval", approval: frame.approval }),
  "turn.completed": (turn, frame) => ({ ...ended("completed", frame), live: turn.status === "running" }),
  "turn.stopped": (_turn, frame) => ended("stopped", frame),
  "turn.failed": (_turn, frame) => ({ status: "failed", approval: null, error: { code: frame.code, message: frame.message } }),
};

function ended(status, { message, receipts, choices = [], engine = "", fallbacks = [] }) {
  const text = message ? { text: message.text } : {};
  return { status, approval: null, message, receipts, choices, engine, fallbacks, ...text };
}

function withTool(tools, { id, name, arguments: given, status, result }) {
  const tool = { id, name, arguments: given, status, result };
  return tools.some((one) => one.id === id) ? tools.map((one) => (one.id === id ? { ...one, ...tool } : one)) : [...tools, tool];
}

export function applyTurnFrame(frame) {
  const handle = HANDLERS[frame.type];
  if (!handle) return;
  const turn = turnOf(frame.turn_id);
  // On a new socket what is live may come before the server has read `resume`, which brings it again.
  if (!isBehind(frame.position, turn.value.position)) return;
  turn.value = { ...turn.value, ...handle(turn.value, frame), position: frame.position };
  if (frame.type === "turn.failed") readFailed(turn);
}

function isBehind(position, before) {
  const [[epoch, n], [lastEpoch, lastN]] = [position, before].map((one) => one.split("-").map(Number));
  return epoch > lastEpoch || (epoch === lastEpoch && n > lastN);
}

/** Events say of approvals and undoing what frames do not. */
export function applyTurnEvent(event) {
  if (event.kind === "turn.undone" && turns.has(event.subject.id)) {
    const turn = turnOf(event.subject.id);
    turn.value = { ...turn.value, undone: event.data.after };
  }
  if (event.kind === "turn.retried") tryAgain(event);
  // It failed again before this page knew that it was tried again.
  if (event.kind === "turn.failed" && turns.get(event.subject.id)?.value.status === "queued") readFailed(turns.get(event.subject.id));
  if (event.kind.startsWith("approval.") && event.kind !== "approval.requested" && event.turn_id && turns.has(event.turn_id)) {
    const turn = turnOf(event.turn_id);
    if (turn.value.approval) turn.value = { ...turn.value, approval: { ...turn.value.approval, status: event.kind.slice(9) } };
  }
}

/** Its frames may have begun before this event comes: then nothing is taken from them. */
function tryAgain({ subject: { id }, seq }) {
  retried.value = new Set([...retried.value, id]);
  const turn = turns.get(id);
  if (turn?.value.status !== "failed") return;
  turn.value = { ...turn.value, status: "queued", error: null, text: "", tools: [] };
  send({ type: "resume", after: seq, turns: { [id]: turn.value.position } });
}
