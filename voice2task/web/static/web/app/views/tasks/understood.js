// What was understood of a sentence, task by task; a tap on a chip keeps its words as plain text.
import { html } from "../../lib.js";
import { inWords, leadOf, timeOf, whenOf } from "../../format.js";
import { t } from "../../i18n/index.js";
import { overlap } from "../../store/understanding.js";
import { Icon } from "../../ui/icon.js";

const ICONS = { due: "today", repeat: "repeat", lead: "bell", priority: "flag", list: "list", label: "label" };
const LABELS = {
  due: (command) => whenOf(command),
  repeat: (command) => [inWords(command.rrule), command.due_at && timeOf(command.due_at)].filter(Boolean).join(", "),
  lead: (minutes) => leadOf(minutes),
  priority: (priority) => t(`priority.${priority}`),
  list: (name, { list_id }) => (list_id ? name : t("chip.new", { name })),
  label: (name) => name,
};

/**
 * @param {{text: string, tasks: import("../../store/understanding.js").Understood[], plain: number[][],
 *   given: string, onPlain: (plain: number[][]) => void}} given `given`: when a task is due that does not say so
 */
export function Understood({ text, tasks, plain, given, onPlain }) {
  let rest = plain;
  return html`<ul class="understood" aria-label=${t("chip.all")}>${tasks.map(({ command, chips }, index) => {
    const [start, end] = command.span;
    const own = rest.filter((place) => index === tasks.length - 1 || (place[0] >= start && place[0] < end));
    rest = rest.filter((place) => !own.includes(place));
    const shown = [
      ...chips.filter((chip) => !chip.places.some((place) => plain.some((one) => overlap(one, place)))).map((chip) => ({ ...chip, at: chip.places[0]?.[0] ?? 0 })),
      ...own.map((place) => ({ kind: "plain", places: [place], at: place[0] })),
    ].sort((a, b) => a.at - b.at);
    const hasDue = chips.some(({ kind }) => kind === "due" || kind === "repeat");
    return html`<li key=${index}><b>${command.title}</b>
      ${given && !hasDue && html`<span class="chip given"><${Icon} name="today" size=${14} />${given}</span>`}
      ${shown.map((chip) => html`<${Chip} key=${chip.at} chip=${chip} text=${text} command=${command} plain=${plain} onPlain=${onPlain} />`)}</li>`;
  })}</ul>`;
}

function Chip({ chip, text, command, plain, onPlain }) {
  const words = chip.places.map(([start, end]) => text.slice(start, end)).join(" … ");
  if (chip.kind === "plain") {
    const again = () => onPlain(plain.filter((place) => !chip.places.some((one) => overlap(one, place))));
    return html`<button type="button" class="chip plain-words" aria-label=${t("chip.read", { words })} title=${t("chip.read", { words })} onClick=${again}>“${words}”</button>`;
  }
  const label = LABELS[chip.kind](chip.value, command);
  const keep = () => onPlain([...plain, ...chip.places]);
  return html`<button type="button" class=${`chip ${chip.kind}`} aria-label=${`${label}. ${t("chip.plain", { words })}`} title=${t("chip.plain", { words })} onClick=${keep}>
    <${Icon} name=${ICONS[chip.kind]} size=${14} />${label}</button>`;
}
