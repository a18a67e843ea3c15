// Short news at the edge of the page, read out by screen readers.
import { html, signal } from "../lib.js";
import { t } from "../i18n/index.js";

const told = signal([]);
const STAY = 6000;
let next = 0;

/** @param {string} text @param {"good"|"bad"} tone @param {{label: string, run: () => void}} [action] */
export function tell(text, tone = "good", action = null) {
  const id = next++;
  told.value = [...told.value.slice(-2), { id, text, tone, action }];
  setTimeout(() => forget(id), STAY);
}

const forget = (id) => (told.value = told.value.filter((one) => one.id !== id));

/** Runs something that may be refused, and says so if it is. Answers its result, or undefined. */
export async function trying(work) {
  try {
    return await work();
  } catch (error) {
    if (error.status === undefined) throw error;
    tell(error.code === "offline" ? t("line.needed") : error.message, "bad");
    return undefined;
  }
}

/** Reads something for a view, which without a network shows what was last seen. Answers it, or undefined. */
export const reading = (work) => trying(() => work().catch((error) => {
  if (error.code !== "offline") throw error;
}));

export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${told.value.map((one) => html`<div key=${one.id} class=${`toast ${one.tone}`}>
      <span>${one.text}</span>
      ${one.action && html`<button class="plain" onClick=${() => { one.action.run(); forget(one.id); }}>${one.action.label}</button>`}
    </div>`)}
  </div>`;
}
