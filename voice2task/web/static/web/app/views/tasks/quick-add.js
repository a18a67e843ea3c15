// A new task by its title, for when the agent is not needed.
import { html, useState } from "../../lib.js";
import { t } from "../../i18n/index.js";
import { Icon } from "../../ui/icon.js";
import { add } from "./actions.js";

/** @param {{fields?: Record<string, any>, label?: string}} given what the new task has beside its title */
export function QuickAdd({ fields = {}, label = t("task.add") }) {
  const [title, setTitle] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    const given = title.trim();
    if (!given) return;
    setTitle("");
    if (!(await add({ title: given, ...fields }))) setTitle(given);
  };
  return html`<form class="quick" onSubmit=${submit}><${Icon} name="plus" size=${18} />
    <input value=${title} maxlength="500" placeholder=${label} aria-label=${label} onInput=${(event) => setTitle(event.target.value)} />
    ${title.trim() && html`<button class="small main">${t("add")}</button>`}</form>`;
}
