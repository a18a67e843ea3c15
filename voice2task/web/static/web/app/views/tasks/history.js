// What happened to a task, each change to be taken back.
import { html, useEffect, useState } from "../../lib.js";
import { get, post } from "../../api.js";
import { momentOf } from "../../format.js";
import { knows, t } from "../../i18n/index.js";
import { reading, tell, trying } from "../../ui/toast.js";

const HIDDEN = ["client_id", "conversation_id", "turn_id", "version", "updated_at", "id", "position", "created_at", "list_id"];

export function History({ task }) {
  const [open, setOpen] = useState(false);
  const [rows, setRows] = useState([]);
  useEffect(() => {
    if (open) reading(() => get(`tasks/${task.id}/history/?page_size=50`)).then((page) => page && setRows(page.results));
  }, [open, task.version]);
  return html`<details class="history" onToggle=${(event) => setOpen(event.target.open)}><summary>${t("history")}</summary>
    <ol class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow"><b>${knows(`did.${row.kind}`) ? t(`did.${row.kind}`) : row.kind}</b> <small>${changesOf(row)}</small><br /><small>${t(`actor.${row.actor}`)} · ${momentOf(row.at)}</small></span>
      <button class="small" onClick=${() => undo(row)}>${t("undo")}</button></li>`)}</ol></details>`;
}

/** What changed, in short. */
export function changesOf({ kind, data }) {
  if (kind.endsWith(".created")) return data.after.title ?? data.after.name ?? data.after.text ?? "";
  return Object.keys(data.after ?? {}).filter((name) => !HIDDEN.includes(name)).map((name) => {
    const [before, after] = [short(data.before?.[name]), short(data.after[name])];
    const label = knows(`field.${name}`) ? t(`field.${name}`) : name.replaceAll("_", " ");
    return before ? `${label}: ${before} → ${after || "–"}` : `${label}: ${after || "–"}`;
  }).join(" · ");
}

export function short(value) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return momentOf(value);
  if (Array.isArray(value)) return value.map(short).join(", ");
  return typeof value === "object" ? value.title ?? value.name ?? "…" : String(value).slice(0, 80);
}

export async function undo(row) {
  const done = await trying(() => post(`activities/${row.id}/undo/`));
  if (!done) return;
  tell(done.conflicts?.length ? t("undo.conflicts", { names: done.conflicts.map((one) => one.name).join(", ") }) : t("undone"), done.conflicts?.length ? "bad" : "good");
}
