// All that happened, the latest first, with filters and undo.
import { html, useEffect, useMemo, useRef, useState } from "../lib.js";
import { get } from "../api.js";
import { dayOf, timeOf } from "../format.js";
import { knows, t } from "../i18n/index.js";
import { openTask } from "../route.js";
import { seq } from "../store/follow.js";
import { recent } from "../store/records.js";
import { Icon } from "../ui/icon.js";
import { reading } from "../ui/toast.js";
import { Nothing } from "../views/tasks/dated.js";
import { changesOf, undo } from "../views/tasks/history.js";

const PAGE = 100;
/** With so few that match a filter more is read by itself, so many times; then by a press. */
const FEW = 20;
const BY_ITSELF = 5;
const UNDOABLE = ["task", "list", "label", "reminder", "memory"];
const KINDS = ["task", "list", "label", "reminder", "message", "capture", "turn", "approval", "memory", "run", "login"];
const ICONS = { task: "today", list: "list", label: "label", reminder: "bell", message: "talk", capture: "mic", turn: "speak", approval: "shield", memory: "inbox", run: "tool", login: "out" };

export function Activity() {
  const [rows, setRows] = useState([]);
  const [from, setFrom] = useState(null);
  const [kind, setKind] = useState("");
  const [actor, setActor] = useState("");
  const older = async (before) => {
    const after = Math.max(0, before - PAGE);
    const page = await reading(() => get(`activities/?after=${after}&page_size=${PAGE}`));
    if (!page) return;
    setRows((held) => [...held, ...page.results.filter((row) => row.seq <= before).reverse()]);
    setFrom(after);
  };
  useEffect(() => void (seq.value >= 0 && from === null && older(seq.value)), [seq.value >= 0]);
  const live = recent.value;
  const shown = useMemo(() => {
    const all = new Map([...live, ...rows].map((row) => [row.seq, row]));
    return [...all.values()].sort((a, b) => b.seq - a.seq).filter((row) => (!kind || row.kind.startsWith(`${kind}.`)) && (!actor || row.actor === actor));
  }, [live, rows, kind, actor]);
  const times = useRef(0);
  useEffect(() => void (times.current = 0), [kind, actor]);
  useEffect(() => {
    if (from > 0 && shown.length < FEW && times.current++ < BY_ITSELF) older(from);
  }, [kind, actor, from]);
  let day = "";
  return html`<main class="page scroll" aria-busy=${from === null}><header class="top"><h1>${t("place.activity")}</h1><div class="row tight">
      <select class="small" aria-label=${t("feed.kind")} value=${kind} onChange=${(event) => setKind(event.target.value)}><option value="">${t("feed.all")}</option>${KINDS.map((one) => html`<option key=${one} value=${one}>${t(`kind.${one}`)}</option>`)}</select>
      <select class="small" aria-label=${t("feed.actor")} value=${actor} onChange=${(event) => setActor(event.target.value)}><option value="">${t("feed.everybody")}</option>${["user", "agent", "system", "workflow"].map((one) => html`<option key=${one} value=${one}>${t(`actor.${one}`)}</option>`)}</select></div></header>
    <ol class="feed">${shown.map((row) => {
      const heading = dayOf(row.at) === day ? null : html`<h2 class="group">${(day = dayOf(row.at))}</h2>`;
      return html`<li key=${row.seq}>${heading}<${Entry} row=${row} /></li>`;
    })}</ol>
    ${shown.length === 0 && html`<${Nothing} icon="feed" text=${t(kind || actor ? "nothing.found" : "feed.none")} />`}
    ${from > 0 && html`<p class="row middle-text"><button onClick=${() => older(from)}>${t("more")}</button></p>`}
  </main>`;
}

/** What was said, or else what has changed, in a line or two. */
function saidOf(row) {
  const { text, message } = row.data.after ?? {};
  return (message?.text ?? text ?? changesOf(row)).slice(0, 200);
}

function Entry({ row }) {
  const type = row.subject.type;
  const label = knows(`did.${row.kind}`) ? t(`did.${row.kind}`) : row.kind;
  return html`<div class="entry"><span class="mark"><${Icon} name=${ICONS[type] ?? "feed"} size=${16} /></span>
    <span class="grow"><b>${label}</b> ${type === "task" ? html`<button class="plain title" onClick=${() => openTask(row.subject.id)}>${saidOf(row) || t("open")}</button>` : html`<span>${saidOf(row)}</span>`}<br /><small>${t(`actor.${row.actor}`)} · ${timeOf(row.at)}</small></span>
    ${UNDOABLE.includes(type) && html`<button class="small" onClick=${() => undo(row)}>${t("undo")}</button>`}</div>`;
}
