// Find tasks, whatever their status.
import { html, useEffect, useMemo, useState } from "../../lib.js";
import { get } from "../../api.js";
import { t } from "../../i18n/index.js";
import { route } from "../../route.js";
import { tasks } from "../../store/records.js";
import { reading } from "../../ui/toast.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
import { Nothing, ROW } from "./dated.js";
import { Row } from "./row.js";
import { offer, SelectButton, Selection } from "./selection.js";

const WAIT = 200;

/** Without a network: those of the tasks last seen whose titles hold all the words. */
function seen(text, label) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return tasks.all().filter((task) => (!label || task.labels.includes(label)) && words.every((word) => task.title.toLowerCase().includes(word))).map((task) => task.id);
}

export function Search() {
  const { label } = route.value.query;
  const [text, setText] = useState("");
  const [ids, setIds] = useState(null);
  useEffect(() => {
    if (!text.trim() && !label) return setIds(null);
    let current = true;
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ page_size: "100", ...(text.trim() && { q: text.trim() }), ...(label && { label }) });
      const page = await reading(() => get(`tasks/?${query}`));
      if (!current) return;
      if (!page) return setIds(seen(text, label));
      tasks.takePage(page.results, page.seq);
      setIds(page.results.map((row) => row.id));
    }, WAIT);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, label]);
  const version = tasks.changes.value;
  const rows = useMemo(() => (ids ?? []).map((id) => tasks.rows.get(id)).filter((task) => task && !task.trashed_at), [ids, version]);
  useEffect(() => offer(rows.map((row) => row.id)), [rows]);
  return html`<main class="page"><header class="top"><h1>${t("place.search")}</h1><${SelectButton} /></header>
    <input type="search" class="big" value=${text} placeholder=${t("search.hint")} aria-label=${t("place.search")} onInput=${(event) => setText(event.target.value)} />
    ${label && html`<p><span class="label">${label}</span> <a href="#/search">${t("search.all")}</a></p>`}
    <${Selection} />
    <p class="unseen" role="status">${ids && t("search.count", { count: rows.length })}</p>
    ${!ids ? html`<${Examples} onPick=${setText} />` : rows.length === 0 ? html`<${Nothing} icon="search" text=${t("nothing.found")} hint=${t("search.less")} />` : html`<div class="fill" onKeyDown=${onArrows}><${Virtual} rows=${rows} heightOf=${() => ROW} keyOf=${(row) => row.id} label=${t("place.search")}>${(row) => html`<${Row} task=${row} />`}<//></div>`}
  </main>`;
}

const EXAMPLES = ["is:overdue", "due:today", "priority:high", "is:recurring", "is:waiting"];

/** What can be looked for besides words. */
function Examples({ onPick }) {
  return html`<section class="examples"><p>${t("search.text")}</p>
    <div class="row wrap">${EXAMPLES.map((one) => html`<button key=${one} class="chip" onClick=${() => onPick(one)}>${one}</button>`)}</div></section>`;
}
