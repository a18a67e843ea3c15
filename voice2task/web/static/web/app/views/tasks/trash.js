// What has been put in the trash, the latest first.
import { html, useEffect, useMemo, useState } from "../../lib.js";
import { get } from "../../api.js";
import { momentOf } from "../../format.js";
import { t } from "../../i18n/index.js";
import { tasks } from "../../store/records.js";
import { Icon } from "../../ui/icon.js";
import { reading } from "../../ui/toast.js";
import { onArrows, Virtual } from "../../ui/virtual.js";
import { restore } from "./actions.js";
import { Nothing, ROW } from "./dated.js";

export function Trash() {
  const [next, setNext] = useState("tasks/?trashed=true&page_size=100");
  const more = async () => {
    const page = next && (await reading(() => get(next)));
    if (!page) return;
    tasks.takePage(page.results, page.seq);
    setNext(page.next && page.next.slice(page.next.indexOf("tasks/")));
  };
  useEffect(() => void more(), []);
  const version = tasks.changes.value;
  const rows = useMemo(() => tasks.all().filter((task) => task.trashed_at).sort((a, b) => (a.trashed_at < b.trashed_at ? 1 : -1)), [version]);
  return html`<main class="page"><header class="top"><h1>${t("place.trash")}</h1>${next && rows.length >= 100 && html`<button class="small" onClick=${more}>${t("more")}</button>`}</header>
    ${rows.length === 0 ? html`<${Nothing} icon="trash" text=${t("none.trash")} hint=${t("none.trash.hint")} />` : html`<div class="fill" onKeyDown=${onArrows}><${Virtual} rows=${rows} heightOf=${() => ROW} keyOf=${(row) => row.id} label=${t("place.trash")}>
      ${(task) => html`<div class="task off"><span class="what"><span class="title">${task.title}</span><span class="meta"><span>${task.list}</span><span>${momentOf(task.trashed_at)}</span></span></span>
        <button class="small" data-stop aria-label=${t("restore.one", { title: task.title })} onClick=${() => restore(task.id)}><${Icon} name="undo" size=${15} /> ${t("restore")}</button></div>`}<//></div>`}
  </main>`;
}
