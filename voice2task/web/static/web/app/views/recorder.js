// The button: hold it and let go, or tap it to begin and tap it again. The space bar does the same.
import { html, signal, useEffect } from "../lib.js";
import { t } from "../i18n/index.js";
import { go } from "../route.js";
import { addPiece, beginRecording, cancelRecording, endRecording, words } from "../store/recordings.js";
import { Icon } from "../ui/icon.js";
import { canSpeak } from "./aloud.js";
import { closeMicrophone, levelOf, openMicrophone } from "./microphone.js";

/** phase: idle, asking (for the microphone), recording. `fault` is why it could not begin. */
export const state = signal({ phase: "idle", id: "", fault: "", level: 0, quiet: false, since: 0 });
const HELD_MS = 350;
const PIECE_MS = 250;
const METER_MS = 80;
const LOUD = 0.015;
const QUIET_MS = 3500;
/** @type {{recorder: MediaRecorder, stream: MediaStream, meter: number, ended: Promise<void>, thread: string}|null} */
let open = null;
let pressedAt = 0;
let recordingSince = 0;
/** It was thrown away before the microphone was there. */
let unwanted = false;

const MIMES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

export async function begin(conversationId) {
  if (state.value.phase !== "idle") return;
  unwanted = false;
  state.value = { ...state.value, phase: "asking", fault: "" };
  if (canSpeak) speechSynthesis.cancel();
  let stream;
  try {
    stream = await openMicrophone();
  } catch (error) {
    state.value = { ...state.value, phase: "idle", fault: faultOf(error) };
    return;
  }
  if (unwanted) {
    closeMicrophone(stream);
    state.value = { ...state.value, phase: "idle" };
    return;
  }
  const mimeType = MIMES.find((mime) => MediaRecorder.isTypeSupported(mime));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  const row = await beginRecording({ mime: recorder.mimeType || mimeType || "audio/webm", conversationId: conversationId || null, language: "" });
  if (unwanted) {
    closeMicrophone(stream);
    await cancelRecording(row.id);
    state.value = { ...state.value, phase: "idle" };
    return;
  }
  // One piece after another: the order in which they are kept is the order in which they were spoken.
  let keeping = Promise.resolve();
  recorder.ondataavailable = (event) => (keeping = keeping.then(() => addPiece(row.id, event.data)));
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(PIECE_MS);
  const heardAt = { value: Date.now() };
  const meter = setInterval(() => {
    const level = levelOf(stream);
    if (level > LOUD) heardAt.value = Date.now();
    state.value = { ...state.value, level, quiet: Date.now() - heardAt.value > QUIET_MS };
  }, METER_MS);
  open = { recorder, stream, meter, ended: stopped.then(() => keeping), thread: conversationId || `new-${row.id}` };
  recordingSince = performance.now();
  state.value = { phase: "recording", id: row.id, fault: "", level: 0, quiet: false, since: Date.now() };
}

/** Ends the recording and lets it be understood. Before there is one, nothing has been said. */
export async function finish() {
  if (state.value.phase === "asking") unwanted = true;
  const thread = open?.thread;
  const id = await close();
  if (!id) return;
  await endRecording(id);
  go(`talk/${thread}`);
}

/** Throws the recording away. */
export async function cancel() {
  if (state.value.phase === "asking") unwanted = true;
  const id = await close();
  if (id) await cancelRecording(id);
}

async function close() {
  if (!open) return "";
  const { recorder, stream, meter, ended } = open;
  const { id } = state.value;
  open = null;
  clearInterval(meter);
  recorder.stop();
  await ended;
  closeMicrophone(stream);
  state.value = { ...state.value, phase: "idle", id: "", level: 0 };
  return id;
}

function faultOf(error) {
  if (!window.isSecureContext) return "mic.insecure";
  const faults = { NotAllowedError: "mic.refused", NotFoundError: "mic.none", NotReadableError: "mic.busy" };
  return faults[error.name] ?? "mic.failed";
}

export function Recorder({ conversationId }) {
  const { phase, id, fault, level, quiet, since } = state.value;
  const on = phase !== "idle";
  // By the moments of the events: a busy page handles them late.
  const down = (event) => {
    pressedAt = event.timeStamp;
    if (on) finish();
    else begin(conversationId);
  };
  // Who holds while it records ends it by letting go. After a short press, or one that was over before the
  // microphone was there, it goes on until the next tap.
  const up = (event) => {
    const recorded = event.timeStamp - Math.max(pressedAt, recordingSince);
    if (state.value.phase === "recording" && pressedAt && recorded > HELD_MS) finish();
    pressedAt = 0;
  };
  useKeys(down, up);
  const said = words.value[id];
  return html`<div class=${on ? "recorder on" : "recorder"}>
    ${on && html`<button type="button" class="plain round" aria-label=${t("cancel")} onClick=${cancel}><${Icon} name="close" /></button>
      <div class="hearing" role="status"><p class="words">${said ? html`${said.text.slice(0, said.stable)}<span class="unsure">${said.text.slice(said.stable)}</span>` : quiet ? t("mic.silence") : phase === "asking" ? t("mic.asking") : t("mic.listening")}</p>
        <div class="meter" aria-hidden="true"><i style=${{ transform: `scaleX(${Math.min(1, level * 6)})` }}></i></div></div>
      <${Elapsed} since=${since} />`}
    <button type="button" class=${`mic ${on ? "on" : ""}`} aria-pressed=${on} aria-label=${on ? t("mic.finish") : t("mic.begin")} title=${t("mic.hint")}
      style=${{ "--level": Math.min(1, level * 6) }} onPointerDown=${(event) => { if (event.button === 0) { event.currentTarget.setPointerCapture(event.pointerId); down(event); } }} onPointerUp=${up} onPointerCancel=${up}
      onClick=${(event) => event.detail === 0 && down(event)}><${Icon} name=${on ? "check" : "mic"} size=${26} /></button>
    ${fault && !on && html`<p class="fault over" role="alert">${t(fault)} <button type="button" class="plain round" aria-label=${t("close")} onClick=${() => (state.value = { ...state.value, fault: "" })}><${Icon} name="close" size=${16} /></button></p>`}
  </div>`;
}

function Elapsed({ since }) {
  const seconds = since ? Math.floor((Date.now() - since) / 1000) : 0;
  return html`<span class="elapsed" aria-hidden="true">${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}</span>`;
}

/** The space bar speaks wherever it does not write or press something. Escape throws away. */
function useKeys(down, up) {
  useEffect(() => {
    const free = ({ target }) => !target.closest("input, textarea, select, button, a, summary, dialog, [role=listbox], [role=option], [contenteditable]");
    const onDown = (event) => {
      if (event.key === "Escape" && state.value.phase !== "idle") cancel();
      if (event.key !== " " || event.repeat || !free(event)) return;
      event.preventDefault();
      down(event);
    };
    const onUp = (event) => event.key === " " && free(event) && up(event);
    addEventListener("keydown", onDown);
    addEventListener("keyup", onUp);
    return () => {
      removeEventListener("keydown", onDown);
      removeEventListener("keyup", onUp);
    };
  });
  useEffect(() => {
    const away = () => document.visibilityState === "hidden" && state.value.phase === "recording" && finish();
    addEventListener("visibilitychange", away);
    return () => removeEventListener("visibilitychange", away);
  }, []);
}
