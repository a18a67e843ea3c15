// A modal dialog: the browser's own, which keeps the focus and closes by Escape.
import { html, useEffect, useRef } from "../lib.js";
import { t } from "../i18n/index.js";
import { Icon } from "./icon.js";

/** @param {{title: string, onClose: () => void, children: any, wide?: boolean}} given */
export function Dialog({ title, onClose, children, side = false }) {
  const box = useRef(null);
  useEffect(() => {
    const dialog = box.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const outside = (event) => event.target === box.current && onClose();
  return html`<dialog ref=${box} class=${side ? "sheet" : ""} aria-label=${title} onCancel=${(event) => { event.preventDefault(); onClose(); }} onMouseDown=${outside}>
    <div class="dialog-in">
      <header><h2>${title}</h2>
        <button class="plain round" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close" /></button></header>
      ${children}
    </div>
  </dialog>`;
}

/** A question that must be answered before something cannot be taken back. */
export function Confirm({ title, text, yes, onYes, onClose }) {
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <p>${text}</p>
    <div class="row end"><button onClick=${onClose}>${t("cancel")}</button>
      <button class="bad" onClick=${() => { onYes(); onClose(); }}>${yes}</button></div>
  <//>`;
}
