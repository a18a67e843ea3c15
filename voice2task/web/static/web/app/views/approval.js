// A question of the agent before it does what matters: what it would do, with what, and yes or no.
import { html, useState } from "../lib.js";
import { post } from "../api.js";
import { knows, t } from "../i18n/index.js";
import { send } from "../socket.js";
import { Icon } from "../ui/icon.js";
import { trying } from "../ui/toast.js";

export function Approval({ approval }) {
  const before = JSON.stringify(approval.arguments, null, 2);
  const [text, setText] = useState(before);
  const [fault, setFault] = useState("");
  const [sent, setSent] = useState(false);
  const answer = async (decision) => {
    let changed = {};
    if (text !== before && decision !== "reject") {
      try {
        changed = { arguments: JSON.parse(text) };
      } catch {
        return setFault(t("approval.invalid"));
      }
    }
    setFault("");
    setSent(true);
    const { id, digest } = approval;
    const given = { decision, digest, ...changed };
    const done = send({ type: "approval.answer", approval_id: id, ...given }) || (await trying(() => post(`approvals/${id}/answer/`, given)));
    // A refused answer leaves the question open.
    setTimeout(() => setSent(false), done ? 3000 : 0);
    return undefined;
  };
  if (approval.status !== "pending") return html`<p class="note">${t(`approval.${approval.status}`)}</p>`;
  const name = knows(`tool.${approval.tool}`) ? t(`tool.${approval.tool}`) : approval.tool;
  return html`<section class="card ask" aria-label=${t("approval")}>
    <h3><${Icon} name="shield" size=${18} /> ${t("approval.title", { name })}</h3>
    <p>${t(`approval.${approval.reason}`, { count: approval.rows })}</p>
    <ul class="preview">${approval.preview.slice(0, 12).map((row, index) => html`<li key=${index}>${knows(`did.${row.kind}`) ? t(`did.${row.kind}`) : row.kind}: <b>${row.name}</b></li>`)}
      ${approval.rows > 12 && html`<li>${t("approval.more", { count: approval.rows - 12 })}</li>`}</ul>
    <details><summary>${t("approval.arguments")}</summary>
      <textarea class="code" rows=${Math.min(12, before.split("\n").length + 1)} spellcheck=${false} aria-label=${t("approval.arguments")} value=${text} onInput=${(event) => setText(event.target.value)}></textarea></details>
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
    <div class="row"><button class="main" disabled=${sent} onClick=${() => answer("approve")}>${t("approval.yes")}</button>
      <button disabled=${sent} onClick=${() => answer("reject")}>${t("approval.no")}</button>
      <button class="plain" disabled=${sent} onClick=${() => answer("always")}>${t("approval.always")}</button></div>
  </section>`;
}
