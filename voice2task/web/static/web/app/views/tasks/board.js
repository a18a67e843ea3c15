// Tasks in columns by status. Cards move by dragging, and with Alt and the arrow keys.
import { html, signal, useEffect, useMemo, useState } from "../../lib.js";
import { get } from "../../api.js";
import { t } from "../../i18n/index.js";
import { openTask } from "../../route.js";
import { listName, urgencyOf, whenOf } from "../../format.js";
import { lists, liveLists, tasks } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { reading } from "../../ui/toast.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
import { move } from "./actions.js";
import { byPlace } from "./groups.js";

const COLUMNS = ["backlog", "open", "in_progress", "waiting", "done"];
const KIND = "application/x-task";
const CARD = 92;
/** Where a dragged card would fall: `{status, before}`. */
const over = signal(null);

export function Board() {
  const [list, setList] = useState("");
  useEffect(() => void reading(() => get(`tasks/?status=done&page_size=100${list && `&list=${list}`}`)).then((page) => page && tasks.takePage(page.results, page.seq)), [list]);
  // Where there is room for one column, work begins at what is open.
  useEffect(() => document.querySelector("[data-column=open]")?.scrollIntoView({ block: "nearest", inline: "start" }), []);
  const version = tasks.changes.value;
  const columns = useMemo(() => {
    const shown = tasks.all().filter((task) => !task.trashed_at && (!list || task.list_id === list));
    const latest = (a, b) => ((a.completed_at ?? "") < (b.completed_at ?? "") ? 1 : -1);
    return COLUMNS.map((status) => ({ status, cards: shown.filter((task) => task.status === status).sort(status === "done" ? latest : byPlace) }));
  }, [version, list]);
  return html`<main class="page wide">
    <header class="top"><h1>${t("place.board")}</h1>
      <select aria-label=${t("list")} value=${list} onChange=${(event) => setList(event.target.value)}><option value="">${t("lists.all")}</option>
        ${liveLists.value.map((one) => html`<option key=${one.id} value=${one.id}>${listName(one)}</option>`)}</select></header>
    <p class="unseen" id="board-keys">${t("board.keys")}</p>
    <div class="board">${columns.map((column, index) => html`<${Column} key=${column.status} ...${column} columns=${columns} index=${index} />`)}</div>
  </main>`;
}

function Column({ status, cards, columns, index }) {
  const drop = (event) => {
    const id = event.dataTransfer.getData(KIND);
    const before = over.value?.before;
    over.value = null;
    if (!id || id === before) return;
    event.preventDefault();
    move(id, { status, ...(before && { before_id: before }) });
  };
  const dragOver = (event) => {
    if (!event.dataTransfer.types.includes(KIND)) return;
    event.preventDefault();
    const card = event.target.closest("[data-card]");
    const before = card?.dataset.card ?? null;
    if (over.value?.status !== status || over.value.before !== before) over.value = { status, before };
  };
  return html`<section class=${over.value?.status === status ? "column over" : "column"} data-column=${status} aria-label=${t(`status.${status}`)} onDragOver=${dragOver} onDrop=${drop} onDragLeave=${(event) => !event.currentTarget.contains(event.relatedTarget) && (over.value = null)}>
    <h2>${t(`status.${status}`)} <span class="count">${cards.length}</span></h2>
    <div class="fill" onKeyDown=${onArrows}><${Virtual} rows=${cards} heightOf=${() => CARD} keyOf=${(task) => task.id} label=${t(`status.${status}`)}>
      ${(task, at) => html`<${Card} task=${task} onKeyDown=${(event) => byKeys(event, task, at, cards, columns, index)} />`}<//></div>
  </section>`;
}

function byKeys(event, task, at, cards, columns, index) {
  if (!event.altKey) return;
  const aside = { ArrowLeft: index - 1, ArrowRight: index + 1 }[event.key];
  if (aside !== undefined && columns[aside]) keepFocus(task.id, move(task.id, { status: columns[aside].status }));
  else if (event.key === "ArrowUp" && at > 0) keepFocus(task.id, move(task.id, { status: task.status, before_id: cards[at - 1].id }));
  else if (event.key === "ArrowDown" && at < cards.length - 1) keepFocus(task.id, move(task.id, { status: task.status, after_id: cards[at + 1].id }));
  else return;
  event.preventDefault();
}

/** The card is another element in its new column; who moved it by keys goes on from there. */
async function keepFocus(id, moved) {
  if (await moved) requestAnimationFrame(() => setTimeout(() => document.querySelector(`[data-card="${id}"] [data-stop]`)?.focus(), 30));
}

function Card({ task, onKeyDown }) {
  const when = whenOf(task);
  return html`<article class=${`task-card p-${task.priority} ${over.value?.before === task.id ? "before" : ""}`} data-card=${task.id} draggable=${true} onKeyDown=${onKeyDown}
    onDragStart=${(event) => { event.dataTransfer.setData(KIND, task.id); event.dataTransfer.effectAllowed = "move"; }} onDragEnd=${() => (over.value = null)}>
    <button class="plain what" data-stop aria-describedby="board-keys" onClick=${() => openTask(task.id)}><span class="title">${task.title}</span>
      <span class="meta">${when && html`<span class=${`when ${task.status === "done" ? "" : urgencyOf(task)}`}>${when}</span>`}${task.priority !== "none" && html`<span class=${`flag ${task.priority}`}><${Icon} name="flag" size=${13} /><span class="unseen">${t(`priority.${task.priority}`)}</span></span>`}${!lists.get(task.list_id)?.is_inbox && html`<span class="of">${task.list}</span>`}${task.labels.map((label) => html`<span class="label" key=${label}>${label}</span>`)}</span></button>
  </article>`;
}
