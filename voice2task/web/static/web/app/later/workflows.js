// What the agent may set in motion elsewhere, and who elsewhere is told of what happens here.
import { html, useState } from "../lib.js";
import { patch, post, remove } from "../api.js";
import { t } from "../i18n/index.js";
import { Dialog } from "../ui/dialog.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";
import { Secret, useRows } from "./rows.js";

const KINDS = ["task.created", "task.updated", "task.completed", "task.reopened", "task.moved", "task.trashed", "reminder.due", "run.done", "run.failed"];

export function Workflows() {
  const [rows, again] = useRows("workflows/", ["workflow."]);
  const [secret, setSecret] = useState("");
  const [adding, setAdding] = useState(false);
  const act = async (work) => {
    await trying(work);
    again();
  };
  const submit = async (event) => {
    event.preventDefault();
    const { name, description, url, token, input_schema } = Object.fromEntries(new FormData(event.target));
    let schema;
    try {
      schema = JSON.parse(input_schema);
    } catch {
      return tell(t("approval.invalid"), "bad");
    }
    const made = await trying(() => post("workflows/", { name, description, url, input_schema: schema, ...(token && { token }) }));
    if (!made) return undefined;
    setAdding(false);
    setSecret(made.signing_secret);
    again();
    return undefined;
  };
  return html`<section class="card"><h2>${t("workflows")}</h2><p>${t("workflows.text")}</p>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow"><b>${row.name}</b> <small>${row.description}</small></span>
      ${row.shared ? html`<small>${t("workflow.shared")}</small>` : html`<label class="check"><input type="checkbox" checked=${row.active} onChange=${(event) => act(() => patch(`workflows/${row.id}/`, { active: event.target.checked }))} /> ${t("active")}</label>
        <button class="plain round" aria-label=${t("remove.one", { name: row.name })} onClick=${() => act(() => remove(`workflows/${row.id}/`))}><${Icon} name="trash" size=${16} /></button>`}</li>`)}</ul>
    <div class="row"><button onClick=${() => setAdding(true)}>${t("workflow.add")}</button></div>
    ${adding && html`<${Dialog} title=${t("workflow.add")} onClose=${() => setAdding(false)}><form onSubmit=${submit}>
      <label>${t("field.name")}<input name="name" maxlength="48" pattern="[a-z][a-z0-9_]*" required /></label>
      <label>${t("workflow.description")}<input name="description" maxlength="1000" required /></label>
      <label>${t("address")}<input name="url" type="url" required /></label>
      <label>${t("workflow.token")}<input name="token" autocomplete="off" /></label>
      <label>${t("workflow.schema")}<textarea class="code" name="input_schema" rows="5" spellcheck=${false}>${'{"type": "object", "properties": {}}'}</textarea></label>
      <div class="row end"><button class="main">${t("save")}</button></div></form><//>`}
    ${secret && html`<${Secret} text=${secret} onClose=${() => setSecret("")} />`}</section>`;
}

export function Webhooks() {
  const [rows, again] = useRows("webhooks/", ["webhook."]);
  const [secret, setSecret] = useState("");
  const act = async (work) => {
    await trying(work);
    again();
  };
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    const made = await trying(() => post("webhooks/", { url: data.get("url"), kinds: data.getAll("kinds") }));
    if (!made) return;
    form.reset();
    setSecret(made.secret);
    again();
  };
  return html`<section class="card"><h2>${t("webhooks")}</h2><p>${t("webhooks.text")}</p>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row wrap"><span class="grow"><b>${row.url}</b> <small>${row.kinds.join(", ")}</small></span>
      <button class="small" onClick=${() => act(async () => { await post(`webhooks/${row.id}/test/`); tell(t("webhook.tested")); })}>${t("webhook.test")}</button>
      <label class="check"><input type="checkbox" checked=${row.status === "active"} onChange=${(event) => act(() => patch(`webhooks/${row.id}/`, { status: event.target.checked ? "active" : "paused" }))} /> ${t("active")}</label>
      <button class="plain round" aria-label=${t("remove.one", { name: row.url })} onClick=${() => act(() => remove(`webhooks/${row.id}/`))}><${Icon} name="trash" size=${16} /></button></li>`)}</ul>
    <form class="fields" onSubmit=${submit}><label>${t("address")}<input name="url" type="url" required /></label>
      <label>${t("webhook.kinds")}<select name="kinds" multiple size="4" required>${KINDS.map((kind) => html`<option key=${kind} value=${kind}>${t(`did.${kind}`)}</option>`)}</select></label>
      <div class="row end wide"><button>${t("webhook.add")}</button></div></form>
    ${secret && html`<${Secret} text=${secret} onClose=${() => setSecret("")} />`}</section>`;
}
