// Replies read out by the browser, if it can and its user wants it.
import { effect, signal } from "../lib.js";

const KEY = "voice2task.aloud";
export const canSpeak = "speechSynthesis" in window;
export const spokenReplies = signal(canSpeak && localStorage.getItem(KEY) === "yes");
effect(() => localStorage.setItem(KEY, spokenReplies.value ? "yes" : "no"));

export function speakAloud(text, language) {
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(text.replace(/[*_`#>|]/g, " "));
  spoken.lang = language;
  speechSynthesis.speak(spoken);
}
