// The WebSocket door: opens it, opens it again, resumes, and hands every frame on.
import { signal } from "./lib.js";

/** "connecting", "open" or "closed"; "out" once the server does not know us any more. */
export const connection = signal("closed");

const FIRST_WAIT = 400;
const LONGEST_WAIT = 15_000;
const SILENCE = 30_000;

/** @type {WebSocket|null} */
let socket = null;
let wanted = false;
let wait = FIRST_WAIT;
let timer = 0;
let watchdog = 0;
/** What the socket asks of the store; set by `start`. */
let hooks = { resume: () => ({}), frame: (_frame) => {}, open: () => {}, signedOut: () => {} };

/** @param {typeof hooks} given */
export function start(given) {
  hooks = given;
  wanted = true;
  open();
}

export function stop() {
  wanted = false;
  clearTimeout(timer);
  clearInterval(watchdog);
  socket?.close();
  socket = null;
  connection.value = "closed";
}

/** Sends a frame if the line is open. Answers whether it was. */
export function send(frame) {
  if (connection.value !== "open" || socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(frame instanceof ArrayBuffer || frame instanceof Blob ? frame : JSON.stringify(frame));
  return true;
}

function open() {
  if (!wanted || socket) return;
  clearTimeout(timer);
  connection.value = "connecting";
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const line = new WebSocket(`${scheme}//${location.host}/ws/v1/`, ["v2t.v1"]);
  line.binaryType = "arraybuffer";
  socket = line;
  let heard = Date.now();
  line.onmessage = (event) => {
    if (socket !== line) return;
    heard = Date.now();
    const frame = JSON.parse(event.data);
    if (frame.type === "ready") ready(line);
    hooks.frame(frame);
  };
  line.onclose = (event) => socket === line && closed(event.code);
  clearInterval(watchdog);
  watchdog = setInterval(() => {
    if (socket !== line || line.readyState !== WebSocket.OPEN) return;
    if (Date.now() - heard > SILENCE) closed(0);
    else line.send('{"type":"ping"}');
  }, SILENCE / 3);
}

function ready(line) {
  wait = FIRST_WAIT;
  const resume = hooks.resume();
  if (resume) line.send(JSON.stringify({ type: "resume", ...resume }));
  connection.value = "open";
  hooks.open();
}

function closed(code) {
  const line = socket;
  socket = null;
  line?.close();
  clearInterval(watchdog);
  if (code === 4401 || code === 4403) {
    wanted = false;
    connection.value = "out";
    hooks.signedOut();
    return;
  }
  connection.value = "closed";
  if (!wanted) return;
  timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

/** The network is back, or the page is looked at again: do not wait any longer. */
function hurry() {
  if (!wanted || socket) return;
  wait = FIRST_WAIT;
  open();
}

addEventListener("online", hurry);
addEventListener("offline", () => wanted && socket && closed(0));
addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
