// What the rules make of a sentence while it is written. The server tells it and changes nothing.
import { post } from "../api.js";

/**
 * @typedef {[number, number]} Place a half-open range of a sentence, in units of a browser's strings
 * @typedef {{kind: string, value: any, places: Place[]}} Chip
 * @typedef {{command: any, chips: Chip[], source: Record<string, {start: number, end: number, text: string}>}} Understood
 */

/** @param {string} text @param {Place[]} plain words that mean nothing but themselves @returns {Promise<Understood[]>} */
export async function understand(text, plain) {
  const units = unitsOf(text);
  const counted = plain.map(([start, end]) => [units.indexOf(start), units.indexOf(end)]);
  const { commands } = await post("understand/", { text, plain: counted, as_tasks: true });
  return commands.map((command) => understood(command, text, units));
}

/** The server counts characters, a browser the units they take: where each character begins, and the end. */
function unitsOf(text) {
  const units = [0];
  for (const character of text) units.push(units[units.length - 1] + character.length);
  return units;
}

function understood(command, text, units) {
  const placesOf = (name) => (command.spans[name] ?? []).map(([start, end]) => [units[start], units[end]]);
  const chips = [];
  const chip = (kind, value, places) => value !== null && value !== "" && chips.push({ kind, value, places });
  if (command.rrule) chip("repeat", command, [...placesOf("rrule")]);
  else chip("due", command.due_on && command, placesOf("due"));
  chip("lead", command.lead_minutes, placesOf("lead"));
  chip("priority", command.priority, placesOf("priority"));
  chip("list", command.list, placesOf("list"));
  command.labels.forEach((label, index) => chip("label", label, placesOf("labels").slice(index, index + 1)));
  return { command, chips, source: sourceOf(command, text, units) };
}

const SOURCES = ["title", "due", "rrule", "priority", "list", "labels"];

/** Which words gave which field, as a task keeps it. */
function sourceOf({ spans }, text, units) {
  const source = {};
  for (const name of SOURCES) {
    if (!spans[name]?.length) continue;
    const [start, end] = [Math.min(...spans[name].map((place) => place[0])), Math.max(...spans[name].map((place) => place[1]))];
    source[name] = { start, end, text: text.slice(units[start], units[end]) };
  }
  return source;
}

export const overlap = (one, other) => one[0] < other[1] && other[0] < one[1];

/** Where plain words are after an edit; those that were edited themselves are not plain any more. */
export function carried(plain, before, after) {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  let rest = 0;
  while (rest < shorter - same && before[before.length - 1 - rest] === after[after.length - 1 - rest]) rest += 1;
  const moved = after.length - before.length;
  return plain.flatMap(([start, end]) => {
    if (end <= same) return [[start, end]];
    return start >= before.length - rest ? [[start + moved, end + moved]] : [];
  });
}
