// What time it is, to the minute: what is due today changes at midnight, not at a reload.
import { signal } from "./lib.js";

export const now = signal(Date.now());
const tick = () => (now.value = Date.now());
setInterval(tick, 30_000);
addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
