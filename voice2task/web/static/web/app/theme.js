// Light or dark: as the system likes it, unless it has been chosen here.
import { effect, signal } from "./lib.js";

const KEY = "voice2task.theme";
export const theme = signal(localStorage.getItem(KEY) ?? "system");

export function beginTheme() {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    localStorage.setItem(KEY, theme.value);
  });
}
