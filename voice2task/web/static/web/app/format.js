// Days, moments and rules of recurrence in words, in the user's language and timezone.
import { computed } from "./lib.js";
import { language, t } from "./i18n/index.js";
import { now } from "./clock.js";
import { user } from "./session.js";

const DAY = 86_400_000;
const formats = new Map();

/** One formatter for each language, zone and form: making one costs more than using it a thousand times. */
function formatter(options) {
  const zone = options.timeZone ?? user.value?.timezone ?? undefined;
  const key = JSON.stringify([language.value, zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language.value === "en" ? "en-GB" : language.value, { ...options, timeZone: zone }));
  return formats.get(key);
}

/** The user's today, as in `2026-11-24`. */
export const today = computed(() => dateOf(now.value));
/** The day of a moment in the user's timezone, as `YYYY-MM-DD`. */
export function dateOf(moment) {
  const zone = user.value?.timezone ?? "UTC";
  const key = `date ${zone}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }));
  return formats.get(key).format(new Date(moment));
}

/** `YYYY-MM-DD`, so many days later. */
export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

const daysBetween = (from, until) => Math.round((Date.parse(until) - Date.parse(from)) / DAY);
const asDay = (day, options) => formatter({ ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** A day as one says it: today, tomorrow, a weekday, a date. */
export function dayName(day) {
  const distance = daysBetween(today.value, day);
  if (distance >= -1 && distance <= 1) return t(["yesterday", "today", "tomorrow"][distance + 1]);
  if (distance > 1 && distance < 7) return asDay(day, { weekday: "long" });
  const year = day.slice(0, 4) === today.value.slice(0, 4) ? {} : { year: "numeric" };
  return asDay(day, { weekday: "short", day: "numeric", month: "short", ...year });
}

export const dayOf = (moment) => dayName(dateOf(moment));
export const timeOf = (moment) => formatter({ hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
export const momentOf = (moment) => `${dayOf(moment)} ${timeOf(moment)}`;
export const agoOf = (moment) => (dateOf(moment) === today.value ? timeOf(moment) : dayOf(moment));

/** A list by its name; the one that everybody has, in the user's language. */
export const listName = (list) => (list?.is_inbox ? t("inbox") : list?.name ?? "");

/** A whole date, with its weekday: `Tuesday 1 December`. */
export const longDay = (day) => asDay(day, { weekday: "long", day: "numeric", month: "long" });
export const monthName = (month) => asDay(`${month}-01`, { month: "long", year: "numeric" });

/** When a task is due, in words; empty if it is not. */
export function whenOf(task) {
  if (!task.due_on) return "";
  return task.due_at ? `${dayName(task.due_on)} ${timeOf(task.due_at)}` : dayName(task.due_on);
}

/** How long before something, in words. */
export function leadOf(minutes) {
  if (minutes === 0) return t("lead.0");
  if (minutes % 1440 === 0) return t("lead.days", { count: minutes / 1440 });
  return minutes % 60 === 0 ? t("lead.hours", { count: minutes / 60 }) : t("lead.minutes", { count: minutes });
}

/** How a task stands to now: "overdue", "today", "soon" or "". */
export function urgencyOf(task) {
  if (!task.due_on) return "";
  if (task.due_on < today.value || (task.due_at && Date.parse(task.due_at) < now.value)) return "overdue";
  return task.due_on === today.value ? "today" : "soon";
}

/** `<input type="datetime-local">` shows a moment in the user's zone, not in the browser's. */
export function localInput(moment) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: user.value.timezone, dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(moment)).replace(" ", "T");
}

/** The moment of `YYYY-MM-DDTHH:MM` in the user's timezone. */
export function fromLocalInput(text) {
  const wanted = Date.parse(`${text}:00Z`);
  let guess = wanted;
  // Twice: the offset may change between the guess and the moment.
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${localInput(guess)}:00Z`);
  return new Date(guess).toISOString();
}

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const weekday = (code) => asDay(addDays("2024-01-01", WEEKDAYS.indexOf(code)), { weekday: "long" });
const listed = (names) => new Intl.ListFormat(language.value, { type: "conjunction" }).format(names);

/** A recurrence rule (RFC 5545) in words; one that is too special for that as it is written. */
export function inWords(rrule) {
  if (!rrule) return "";
  const rule = Object.fromEntries(rrule.replace(/^RRULE:/, "").split(";").map((part) => part.split("=")));
  const unit = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year", HOURLY: "hour" }[rule.FREQ];
  if (!unit) return rrule;
  const every = t(`every.${unit}`, { count: Number(rule.INTERVAL ?? 1) });
  return [every, dayPart(rule), endPart(rule)].filter(Boolean).join(", ");
}

function dayPart({ BYDAY, BYMONTHDAY, BYSETPOS }) {
  if (BYMONTHDAY) return BYMONTHDAY === "-1" ? t("every.lastday") : t("every.monthday", { day: BYMONTHDAY.replaceAll(",", ", ") });
  if (!BYDAY) return "";
  const days = BYDAY.split(",");
  if (!BYSETPOS && days.join() === "MO,TU,WE,TH,FR") return t("every.workdays");
  const names = days.map((day) => {
    const [, place, code] = /^([+-]?\d+)?(\w\w)$/.exec(day) ?? [];
    return code ? [place && t(`every.nth.${place}`), weekday(code)].filter(Boolean).join(" ") : day;
  });
  return [BYSETPOS && t(`every.nth.${BYSETPOS}`), listed(names)].filter(Boolean).join(" ");
}

function endPart({ COUNT, UNTIL }) {
  if (COUNT) return t("every.times", { count: Number(COUNT) });
  if (!UNTIL) return "";
  return t("every.until", { day: dayName(`${UNTIL.slice(0, 4)}-${UNTIL.slice(4, 6)}-${UNTIL.slice(6, 8)}`) });
}
