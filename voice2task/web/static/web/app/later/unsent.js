// Changes that were made without a network and could not be done after it: somebody must decide.
import { html } from "../lib.js";
import { knows, t } from "../i18n/index.js";
import { giveUp, insist, stuck } from "../store/changes.js";
import { Dialog } from "../ui/dialog.js";
import { short } from "../views/tasks/history.js";

export function Unsent({ onClose }) {
  return html`<${Dialog} title=${t("unsent")} onClose=${onClose}><ul class="plain-list unsent">
    ${stuck.value.map((row) => html`<li key=${row.id}><b>${row.theirs?.title ?? row.title}</b>
      ${row.theirs ? html`<p>${t("unsent.conflict")}</p><dl>${Object.keys(row.body).map((name) => html`<${Field} key=${name} name=${name} row=${row} />`)}</dl>` : html`<p class="fault">${row.error.message}</p>`}
      <div class="row end"><button onClick=${() => giveUp(row)}>${t(row.theirs ? "unsent.theirs" : "discard")}</button>
        <button class="main" onClick=${() => insist(row)}>${t(row.theirs ? "unsent.mine" : "again")}</button></div></li>`)}
  </ul><//>`;
}

function Field({ name, row }) {
  const label = knows(`field.${name}`) ? t(`field.${name}`) : name.replaceAll("_", " ");
  return html`<dt>${label}</dt><dd>${t("unsent.yours")}: <b>${short(row.body[name]) || "–"}</b></dd><dd>${t("unsent.now")}: <b>${short(row.theirs[name]) || "–"}</b></dd>`;
}
