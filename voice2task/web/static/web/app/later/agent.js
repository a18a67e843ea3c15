// What the agent may do without asking, and the facts it remembers.
import { html, useEffect, useState } from "../lib.js";
import { eachPage, get, post, remove } from "../api.js";
import { dayOf } from "../format.js";
import { knows, t } from "../i18n/index.js";
import { memories, recent } from "../store/records.js";
import { Icon } from "../ui/icon.js";
import { trying } from "../ui/toast.js";

export function AllowedTools() {
  const [rows, setRows] = useState(null);
  // An event says that it has changed, wherever that was done.
  const changed = recent.value.find((event) => event.kind.startsWith("tool."))?.seq;
  useEffect(() => void trying(() => get("allowed-tools/")).then((read) => read && setRows(read)), [changed]);
  return html`<section class="card"><h2>${t("set.rules")}</h2><p>${t("set.rules.text")}</p>
    <ul class="plain-list">${(rows ?? []).map(({ tool }) => html`<li key=${tool} class="row"><${Icon} name="shield" size=${16} /><span class="grow">${knows(`tool.${tool}`) ? t(`tool.${tool}`) : tool}</span>
      <button class="small" onClick=${() => trying(() => remove(`allowed-tools/${tool}/`))}>${t("set.ask")}</button></li>`)}
      ${rows?.length === 0 && html`<li class="none">${t("set.rules.none")}</li>`}</ul></section>`;
}

export function Memories() {
  useEffect(() => void trying(() => eachPage("memories/?page_size=200", (page) => memories.takePage(page.results, page.seq))), []);
  const rows = memories.all().sort((a, b) => (a.id < b.id ? 1 : -1));
  const submit = (event) => {
    event.preventDefault();
    const text = new FormData(event.target).get("text").trim();
    event.target.reset();
    if (text) trying(() => post("memories/", { text }));
  };
  return html`<section class="card"><h2>${t("set.memories")}</h2><p>${t("set.memories.text")}</p>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow">${row.text} <small>${dayOf(row.created_at)}</small></span>
      <button class="plain round" aria-label=${t("forget", { text: row.text })} onClick=${() => trying(() => remove(`memories/${row.id}/`))}><${Icon} name="close" size=${16} /></button></li>`)}</ul>
    <form class="row" onSubmit=${submit}><input class="grow" name="text" maxlength="500" placeholder=${t("memory.add")} aria-label=${t("memory.add")} /><button>${t("add")}</button></form></section>`;
}
