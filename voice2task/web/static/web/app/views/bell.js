// What concerns the user: approvals that wait and reminders that have come due.
import { computed, html, signal, useEffect, useRef } from "../lib.js";
import { momentOf } from "../format.js";
import { now } from "../clock.js";
import { post } from "../api.js";
import { t } from "../i18n/index.js";
import { openTask } from "../route.js";
import { reminders, tasks } from "../store/records.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";

const KEY = "voice2task.bell";
const WEEK = 7 * 86_400_000;
const seenAt = signal(Number(localStorage.getItem(KEY) ?? 0));

/** Reminders that have come due in the last week, the latest first. */
const due = computed(() =>
  reminders.all()
    .filter((one) => one.fired_at && Date.parse(one.fired_at) > now.value - WEEK)
    .sort((a, b) => (a.fired_at < b.fired_at ? 1 : -1)));
const unseen = computed(() => due.value.filter((one) => Date.parse(one.fired_at) > seenAt.value).length);
const isOpen = signal(false);

export function Bell() {
  const box = useRef(null);
  useEffect(() => {
    const outside = (event) => box.current && !box.current.contains(event.target) && (isOpen.value = false);
    addEventListener("pointerdown", outside);
    return () => removeEventListener("pointerdown", outside);
  }, []);
  const toggle = () => {
    isOpen.value = !isOpen.value;
    if (!isOpen.value) return;
    seenAt.value = Date.now();
    localStorage.setItem(KEY, String(seenAt.value));
  };
  return html`<span class="bell" ref=${box} onKeyDown=${(event) => event.key === "Escape" && (isOpen.value = false)}>
    <button class="plain round" aria-expanded=${isOpen.value} aria-label=${unseen.value ? t("bell.count", { count: unseen.value }) : t("bell")} onClick=${toggle}>
      <${Icon} name="bell" />${unseen.value > 0 && html`<span class="badge" aria-hidden="true">${unseen.value}</span>`}</button>
    ${isOpen.value && html`<div class="popover" role="region" aria-label=${t("bell")}>
      ${due.value.length === 0 && html`<p class="none">${t("bell.none")}</p>`}
      <ul>${due.value.slice(0, 20).map((one) => html`<li key=${one.id}><button class="plain title" onClick=${() => { isOpen.value = false; openTask(one.task_id); }}><b>${tasks.get(one.task_id)?.title ?? one.title}</b><small>${momentOf(one.fired_at)}</small></button>
        <button class="small" onClick=${() => snooze(one)}>${t("snooze")}</button></li>`)}</ul></div>`}
  </span>`;
}

async function snooze(reminder) {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  if (await trying(() => post(`reminders/${reminder.id}/snooze/`, { until }))) tell(t("snoozed"));
}
