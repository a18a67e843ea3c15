// One list in its own order, which can be changed by dragging or with Alt and the arrow keys.
import { html, signal, useEffect, useMemo, useState } from "../../lib.js";
import { get, patch, post, remove } from "../../api.js";
import { listName } from "../../format.js";
import { t } from "../../i18n/index.js";
import { go } from "../../route.js";
import { lists, openTasks, tasks } from "../../store/records.js";
import { Confirm, Dialog } from "../../ui/dialog.js";
import { Icon } from "../../ui/icon.js";
import { reading, trying } from "../../ui/toast.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
import { move } from "./actions.js";
import { Nothing, ROW } from "./dated.js";
import { tree } from "./groups.js";
import { QuickAdd } from "./quick-add.js";
import { Row } from "./row.js";
import { offer, SelectButton, Selection } from "./selection.js";

const KIND = "application/x-task";
/** Where a dragged row would fall: `{id, side}`. */
const over = signal(null);

export function ListView({ id }) {
  const list = lists.get(id);
  const [showDone, setShowDone] = useState(false);
  const done = useDone(id, showDone);
  const open = openTasks.value;
  const rows = useMemo(() => [...tree(open.filter((task) => task.list_id === id)), ...done.map((task) => ({ task, depth: 0, fixed: true }))], [open, id, done]);
  useEffect(() => offer(rows.map((row) => row.task.id)), [rows]);
  if (!list) return html`<main class="page"><${Nothing} icon="list" text=${t("list.missing")} /></main>`;
  return html`<main class="page">
    <header class="top"><h1>${listName(list)}</h1>
      <div class="row tight"><button class="plain" aria-pressed=${showDone} onClick=${() => setShowDone(!showDone)}>${t("done.show")}</button><${SelectButton} />
      ${!list.is_inbox && html`<${Menu} list=${list} />`}</div></header>
    <${QuickAdd} fields=${{ list_id: id }} />
    <${Selection} />
    ${rows.length === 0 ? html`<${Nothing} icon="list" text=${t("none.list")} hint=${t("none.list.hint")} />` : html`<div class="fill" onKeyDown=${onArrows}>
      <${Virtual} rows=${rows} heightOf=${() => ROW} keyOf=${(row) => row.task.id} label=${listName(list)}>
        ${(row, index) => html`<${Row} task=${row.task} depth=${row.depth} showList=${false} drag=${row.fixed ? {} : handles(rows, index)} />`}
      <//></div>`}
  </main>`;
}

/** What is done in a list is read when it is asked for, and followed from then on. */
function useDone(id, wanted) {
  useEffect(() => {
    if (wanted) reading(() => get(`tasks/?list=${id}&status=done&status=dismissed&page_size=100`)).then((page) => page && tasks.takePage(page.results, page.seq));
  }, [id, wanted]);
  const version = tasks.changes.value;
  return useMemo(() => (wanted ? tasks.all().filter((task) => task.list_id === id && !task.trashed_at && ["done", "dismissed"].includes(task.status)).sort((a, b) => ((a.completed_at ?? "") < (b.completed_at ?? "") ? 1 : -1)) : []), [version, id, wanted]);
}

/** Which half of a row the pointer is over. */
function sideOf({ clientY, currentTarget }) {
  const { top, height } = currentTarget.getBoundingClientRect();
  return clientY < top + height / 2 ? "before" : "after";
}

/** What makes a row movable among those that stand beside it. */
function handles(rows, index) {
  const { task, depth } = rows[index];
  const beside = rows.filter((row) => row.depth === depth && row.task.parent_id === task.parent_id && !row.fixed).map((row) => row.task);
  const at = beside.indexOf(task);
  return {
    draggable: true,
    onDragStart: (event) => {
      event.dataTransfer.setData(KIND, task.id);
      event.dataTransfer.effectAllowed = "move";
    },
    "data-drop": over.value?.id === task.id ? over.value.side : null,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(KIND)) return;
      event.preventDefault();
      const side = sideOf(event);
      if (over.value?.id !== task.id || over.value.side !== side) over.value = { id: task.id, side };
    },
    onDragEnd: () => (over.value = null),
    onDrop: (event) => {
      const id = event.dataTransfer.getData(KIND);
      over.value = null;
      if (!id || id === task.id) return;
      event.preventDefault();
      move(id, { [`${sideOf(event)}_id`]: task.id });
    },
    onKeyDown: (event) => {
      if (!event.altKey) return;
      if (event.key === "ArrowUp" && at > 0) move(task.id, { before_id: beside[at - 1].id });
      else if (event.key === "ArrowDown" && at < beside.length - 1) move(task.id, { after_id: beside[at + 1].id });
      else return;
      event.preventDefault();
    },
  };
}

function Menu({ list }) {
  const [asked, ask] = useState("");
  const save = async (event) => {
    event.preventDefault();
    const { name, colour } = Object.fromEntries(new FormData(event.target));
    if (await trying(() => patch(`lists/${list.id}/`, { name, colour }))) ask("");
  };
  const archive = async () => (await trying(() => patch(`lists/${list.id}/`, { archived: true }))) && go("browse");
  const away = async () => {
    if ((await trying(async () => (await remove(`lists/${list.id}/`)) ?? true)) !== undefined) go("browse");
  };
  return html`<button class="plain round" aria-label=${t("list.edit")} onClick=${() => ask("edit")}><${Icon} name="settings" /></button>
    ${asked === "edit" && html`<${Dialog} title=${t("list.edit")} onClose=${() => ask("")}><form onSubmit=${save}>
      <label>${t("title")}<input name="name" value=${list.name} required maxlength="100" /></label>
      <label>${t("colour")}<input type="color" name="colour" value=${list.colour || "#5347ce"} /></label>
      <div class="row end"><button type="button" onClick=${archive}>${t("archive")}</button><button type="button" class="bad" onClick=${() => ask("delete")}>${t("delete")}</button><button class="main">${t("save")}</button></div></form><//>`}
    ${asked === "delete" && html`<${Confirm} title=${t("delete")} text=${t("list.delete.sure")} yes=${t("delete")} onYes=${away} onClose=${() => ask("")} />`}`;
}

export async function createList(name) {
  const made = await trying(() => post("lists/", { name }));
  if (made) go(`list/${made.id}`);
}
