// New tasks by a sentence, of which is shown what was understood. What is added is what is shown.
import { html, useEffect, useRef, useState } from "../../lib.js";
import { dayName } from "../../format.js";
import { t } from "../../i18n/index.js";
import { carried, understand } from "../../store/understanding.js";
import { Icon } from "../../ui/icon.js";
import { addUnderstood } from "./adding.js";
import { Understood } from "./understood.js";

const WAIT = 60;
const EMPTY = { text: "", plain: [] };

/** @param {{fields?: Record<string, any>, label?: string}} given what a new task has, unless its sentence says otherwise */
export function QuickAdd({ fields = {}, label = t("task.add") }) {
  const [sentence, setSentence] = useState(EMPTY);
  const [reading, setReading] = useState(null);
  const latest = useRef(sentence);
  latest.current = sentence;
  const { text, plain } = sentence;
  useEffect(() => {
    if (!text.trim()) return setReading(null);
    const timer = setTimeout(async () => {
      const read = await readingOf(sentence);
      if (latest.current === sentence) setReading(read);
    }, WAIT);
    return () => clearTimeout(timer);
  }, [sentence]);
  const write = (next) => setSentence({ text: next, plain: carried(plain, text, next) });
  const submit = async (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    setSentence(EMPTY);
    setReading(null);
    // Whoever is faster than the chips gets what they would have said.
    const read = reading?.sentence === sentence ? reading : await readingOf(sentence);
    if (!(await addUnderstood(read.tasks, text.trim(), fields)) && !latest.current.text) setSentence(sentence);
  };
  const shown = reading?.tasks && text.trim();
  return html`<div class="quick-box"><form class="quick" onSubmit=${submit}><${Icon} name="plus" size=${18} />
    <input value=${text} maxlength="500" placeholder=${label} aria-label=${label} autocomplete="off" onInput=${(event) => write(event.target.value)} />
    ${text.trim() && html`<button class="small main">${t("add")}</button>`}</form>
    ${shown && html`<${Understood} text=${reading.sentence.text} tasks=${reading.tasks} plain=${plain} given=${fields.due_on ? dayName(fields.due_on) : ""}
      onPlain=${(next) => setSentence({ text, plain: next })} />`}</div>`;
}

/** `tasks` is null where nobody could be asked: then the sentence is a title. */
async function readingOf(sentence) {
  try {
    return { sentence, tasks: await understand(sentence.text, sentence.plain) };
  } catch (error) {
    if (error.status === undefined) throw error;
    return { sentence, tasks: null };
  }
}
