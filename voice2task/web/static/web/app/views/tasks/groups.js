// Which tasks belong together, and in which order.
import { computed } from "../../lib.js";
import { addDays, dayName, monthName, today } from "../../format.js";
import { t } from "../../i18n/index.js";
import { openTasks, tasks } from "../../store/records.js";

const PRIORITY = { urgent: 0, high: 1, medium: 2, low: 3, none: 4 };
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const byPlace = (a, b) => compare(a.position, b.position) || compare(a.id, b.id);
/** By day, all-day tasks first, then by moment, then by weight. */
export const byDue = (a, b) =>
  compare(a.due_on, b.due_on) || compare(a.due_at ?? "", b.due_at ?? "") || PRIORITY[a.priority] - PRIORITY[b.priority] || compare(a.id, b.id);

const active = computed(() => openTasks.value.filter((task) => task.status !== "backlog"));
export const dueToday = computed(() => active.value.filter((task) => task.due_on && task.due_on <= today.value).sort(byDue));

/** Today and what is late: `[{key, title, tasks}]`. */
export const todayGroups = computed(() => {
  const late = dueToday.value.filter((task) => task.due_on < today.value);
  const due = dueToday.value.filter((task) => task.due_on === today.value);
  const begun = active.value.filter((task) => task.status === "in_progress" && !(task.due_on && task.due_on <= today.value)).sort(byPlace);
  return [
    { key: "late", title: t("overdue"), tasks: late },
    { key: "today", title: t("today"), tasks: due },
    { key: "begun", title: t("status.in_progress"), tasks: begun },
  ].filter((group) => group.tasks.length);
});

/** What comes, day by day. */
export const upcomingGroups = computed(() => {
  const coming = active.value.filter((task) => task.due_on && task.due_on > today.value).sort(byDue);
  const days = new Map();
  const week = addDays(today.value, 7);
  for (const task of coming) {
    const key = task.due_on <= addDays(week, 7) ? task.due_on : task.due_on.slice(0, 7);
    if (!days.has(key)) days.set(key, { key, title: key.length > 7 ? dayName(key) : monthName(key), tasks: [] });
    days.get(key).tasks.push(task);
  }
  return [...days.values()];
});

/** The tasks of a list in its own order, each followed by its subtasks: `[{task, depth}]`. */
export function tree(rows) {
  const within = new Set(rows.map((task) => task.id));
  const under = new Map();
  for (const task of rows) {
    const parent = within.has(task.parent_id) ? task.parent_id : null;
    if (!under.has(parent)) under.set(parent, []);
    under.get(parent).push(task);
  }
  const flat = [];
  const walk = (parent, depth) => {
    for (const task of (under.get(parent) ?? []).sort(byPlace)) {
      flat.push({ task, depth });
      walk(task.id, depth + 1);
    }
  };
  walk(null, 0);
  return flat;
}

/** For each task that has subtasks, how many of them are done and how many there are: `id -> [done, of]`. */
const progress = computed(() => {
  const counts = new Map();
  for (const task of tasks.all()) {
    if (!task.parent_id || task.trashed_at) continue;
    const [done, of] = counts.get(task.parent_id) ?? [0, 0];
    counts.set(task.parent_id, [done + (task.status === "done" ? 1 : 0), of + 1]);
  }
  return counts;
});
const NONE = [0, 0];
export const progressOf = (id) => progress.value.get(id) ?? NONE;

/** How many tasks of each list are to be done: `list id -> count`. */
export const countsByList = computed(() => {
  const counts = new Map();
  for (const task of active.value) counts.set(task.list_id, (counts.get(task.list_id) ?? 0) + 1);
  return counts;
});
