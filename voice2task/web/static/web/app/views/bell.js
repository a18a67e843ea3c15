// What concerns the user: reminders that have come due, approvals that wait, what went wrong.
import { computed, html, signal, useEffect, useRef } from "../lib.js";
import { momentOf } from "../format.js";
import { get, post, remove } from "../api.js";
import { knows, t } from "../i18n/index.js";
import { go, openTask } from "../route.js";
import { notifications } from "../store/records.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";

const SHOWN = 30;
const isOpen = signal(false);
const rows = computed(() => notifications.all().sort((a, b) => (a.id < b.id ? 1 : -1)));
const unread = computed(() => rows.value.filter((row) => !row.read_at).length);

/** Opens what a notification is about. */
async function lookAt({ id, read_at, data, subject }) {
  if (!read_at) trying(() => post(`notifications/${id}/read/`));
  if (data?.task_id) return openTask(data.task_id);
  const turn = data?.turn_id ?? (subject.type === "turn" && subject.id);
  const read = turn && (await trying(() => get(`turns/${turn}/`)));
  return go(read ? `talk/${read.conversation_id}` : "activity");
}

/** Where a notification of the system leads that was pressed while no page was open. */
export function Notice({ id }) {
  useEffect(() => {
    trying(() => get(`notifications/${id}/`)).then((row) => {
      go("today", {}, true);
      if (row) lookAt(row);
    });
  }, [id]);
  return html`<main class="page" aria-busy="true"></main>`;
}

navigator.serviceWorker?.addEventListener("message", ({ data }) => data.notice && go(`notice/${data.notice}`));

export function Bell() {
  const box = useRef(null);
  useEffect(() => {
    const outside = (event) => box.current && !box.current.contains(event.target) && (isOpen.value = false);
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, []);
  const count = unread.value;
  return html`<span class="bell" ref=${box} onKeyDown=${(event) => event.key === "Escape" && (isOpen.value = false)}>
    <button class="plain round" aria-expanded=${isOpen.value} aria-label=${count ? t("bell.count", { count }) : t("bell")} onClick=${() => (isOpen.value = !isOpen.value)}>
      <${Icon} name="bell" />${count > 0 && html`<span class="badge" aria-hidden="true">${count}</span>`}</button>
    ${isOpen.value && html`<div class="popover" role="region" aria-label=${t("bell")}>
      ${rows.value.length === 0 && html`<p class="none">${t("bell.none")}</p>`}
      ${count > 0 && html`<button class="plain small" onClick=${() => trying(() => post("notifications/read-all/"))}>${t("bell.read")}</button>`}
      <ul>${rows.value.slice(0, SHOWN).map((row) => html`<${Told} key=${row.id} row=${row} />`)}</ul></div>`}
  </span>`;
}

/** A notification in the user's language, as far as it is not the words of a task or of another system. */
function wordsOf({ kind, title, body }) {
  if (kind === "reminder.due") return { title, body: t("did.reminder.due") };
  if (kind === "turn.failed") return { title: t("did.turn.failed"), body };
  if (kind !== "approval.requested") return { title, body };
  const named = (tool) => (knows(`tool.${tool}`) ? t(`tool.${tool}`) : tool);
  return { title: t("did.approval.requested"), body: body.replace(/^\w+/, named) };
}

function Told({ row }) {
  const { title, body } = wordsOf(row);
  const look = () => {
    isOpen.value = false;
    lookAt(row);
  };
  const reminder = row.kind === "reminder.due" && row.subject?.id;
  return html`<li class=${row.read_at ? "read" : ""}><button class="plain title" onClick=${look}><b>${title}</b>${body && html`<span>${body}</span>`}<small>${momentOf(row.created_at)}</small></button>
    ${reminder && html`<button class="small" onClick=${() => snooze(reminder)}>${t("snooze")}</button>`}
    <button class="plain round" aria-label=${t("bell.remove", { title })} onClick=${() => trying(() => remove(`notifications/${row.id}/`))}><${Icon} name="close" size=${16} /></button></li>`;
}

async function snooze(reminderId) {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  if (await trying(() => post(`reminders/${reminderId}/snooze/`, { until }))) tell(t("snoozed"));
}
