// Lists of the API that are read when they are looked at, and secrets that are told once.
import { html, useEffect, useState } from "../lib.js";
import { eachPage } from "../api.js";
import { t } from "../i18n/index.js";
import { recent } from "../store/records.js";
import { Dialog } from "../ui/dialog.js";
import { trying } from "../ui/toast.js";

/** The rows of a list, read again whenever events say that it has changed. */
export function useRows(path, prefixes) {
  const [rows, setRows] = useState([]);
  const [turn, setTurn] = useState(0);
  const changed = recent.value.find((event) => prefixes.some((prefix) => event.kind.startsWith(prefix)))?.seq;
  useEffect(() => {
    trying(async () => {
      const found = [];
      await eachPage(`${path}?page_size=200`, (page) => found.push(...page.results));
      setRows(found);
    });
  }, [changed, turn]);
  return [rows, () => setTurn((number) => number + 1)];
}

/** A secret that is told once. */
export function Secret({ title = t("secret"), text, onClose }) {
  return html`<${Dialog} title=${title} onClose=${onClose}><p>${t("secret.text")}</p><input readonly value=${text} aria-label=${title} onFocus=${(event) => event.target.select()} /><//>`;
}
