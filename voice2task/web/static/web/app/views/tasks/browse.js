// All places where tasks are, for small screens; and where lists begin and come back.
import { html, useEffect, useState } from "../../lib.js";
import { eachPage, patch } from "../../api.js";
import { listName } from "../../format.js";
import { t } from "../../i18n/index.js";
import { labels, lists, liveLists } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { reading, trying } from "../../ui/toast.js";
import { createList } from "./list.js";

const PLACES = [["today", "today"], ["upcoming", "upcoming"], ["board", "board"], ["search", "search"], ["trash", "trash"]];

export function Browse() {
  const [name, setName] = useState("");
  useEffect(() => void reading(() => eachPage("lists/?archived=true&page_size=200", (page) => lists.takePage(page.results, page.seq))), []);
  const archived = lists.all().filter((list) => list.archived_at);
  const submit = (event) => {
    event.preventDefault();
    if (name.trim()) createList(name.trim());
    setName("");
  };
  return html`<main class="page scroll"><header class="top"><h1>${t("place.browse")}</h1></header>
    <ul class="places">${PLACES.map(([place, icon]) => html`<li key=${place}><a href=${`#/${place}`}><${Icon} name=${icon} /> ${t(`place.${place}`)}</a></li>`)}</ul>
    <h2>${t("lists")}</h2>
    <ul class="places">${liveLists.value.map((list) => html`<li key=${list.id}><a href=${`#/list/${list.id}`}><span class="dot" style=${{ background: list.colour || null }}></span> <span class="name">${listName(list)}</span></a></li>`)}</ul>
    <form class="quick" onSubmit=${submit}><${Icon} name="plus" size=${18} /><input value=${name} maxlength="100" placeholder=${t("list.new")} aria-label=${t("list.new")} onInput=${(event) => setName(event.target.value)} />${name.trim() && html`<button class="small main">${t("add")}</button>`}</form>
    ${labels.all().length > 0 && html`<h2>${t("labels")}</h2><p class="row wrap">${labels.all().map((label) => html`<a key=${label.id} class="label" href=${`#/search?label=${encodeURIComponent(label.name)}`}>${label.name}</a>`)}</p>`}
    ${archived.length > 0 && html`<h2>${t("archived")}</h2><ul class="places">${archived.map((list) => html`<li key=${list.id}><span>${list.name}</span> <button class="small" onClick=${() => trying(() => patch(`lists/${list.id}/`, { archived: false }))}>${t("unarchive")}</button></li>`)}</ul>`}
  </main>`;
}
