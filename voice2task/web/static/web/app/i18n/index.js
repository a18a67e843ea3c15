// The words of the page. English is always there; another language is fetched when it is wanted.
import { signal } from "../lib.js";
import english from "./en.js";

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", es: "Español" };
const table = signal(english);
export const language = signal("en");

/**
 * A text by its key. `{name}` is replaced by `values.name`; `one|many` is chosen by `values.count`.
 * @param {string} key @param {Record<string, any>} [values]
 */
export function t(key, values = {}) {
  let text = table.value[key] ?? english[key] ?? key;
  if (values.count !== undefined && text.includes("|")) text = text.split("|")[values.count === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Whether there is such a text. */
export const knows = (key) => key in english;

export async function speak(wanted) {
  const code = wanted in LANGUAGES ? wanted : "en";
  table.value = code === "en" ? english : (await import(`./${code}.js`)).default;
  language.value = code;
  document.documentElement.lang = code;
}

/** What the browser would like, as long as nobody has signed in. */
export const browserLanguage = () => navigator.language.slice(0, 2);
