// What the user likes, what the agent may do and knows, what it costs, and who they are here.
import { html } from "../lib.js";
import { LANGUAGES, t } from "../i18n/index.js";
import { changePreferences, signOut, user } from "../session.js";
import { theme } from "../theme.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";
import { canSpeak, spokenReplies } from "../views/aloud.js";
import { Sessions, Tokens } from "./access.js";
import { Budget } from "./budget.js";
import { AllowedTools, Memories } from "./agent.js";
import { Data } from "./data.js";
import { Password } from "./password.js";
import { Webhooks, Workflows } from "./workflows.js";
import { Push } from "./push.js";

const PARTS = ["set.general", "set.notify", "set.rules", "set.memories", "set.budget", "workflows", "webhooks", "sessions", "tokens", "password.change", "data"];
const WEEK_STARTS = ["MO", "SU", "SA"];
const ZONES = Intl.supportedValuesOf?.("timeZone") ?? [];

const save = async (changes) => {
  await trying(async () => {
    await changePreferences(changes);
    tell(t("saved"));
  });
};
const on = (name) => (event) => save({ [name]: event.target.value || null });

export function Settings() {
  return html`<main class="page scroll settings"><header class="top"><h1>${t("place.settings")}</h1>
      <button onClick=${() => trying(signOut)}><${Icon} name="out" size=${18} /> ${t("sign.out")}</button></header>
    <p class="sub">${user.value.email}</p>
    <${Jump} />
    <${General} />
    <${Quiet} />
    <${AllowedTools} />
    <${Memories} />
    <${Budget} />
    <${Workflows} />
    <${Webhooks} />
    <${Sessions} />
    <${Tokens} />
    <${Password} />
    <${Data} />
    <section class="card"><h2>${t("set.more")}</h2><ul class="plain-list"><li><a href="/api/docs/">${t("set.api")}</a></li></ul></section>
  </main>`;
}

/** The way to each part of a long page. */
function Jump() {
  const to = (part) => {
    const heading = [...document.querySelectorAll(".settings > .card > h2")].find((one) => one.textContent === t(part));
    // Some parts come once they have been read.
    if (!heading) return;
    heading.tabIndex = -1;
    heading.parentElement.scrollIntoView();
    heading.focus({ preventScroll: true });
  };
  return html`<nav class="jump" aria-label=${t("place.settings")}>${PARTS.map((part) => html`<button key=${part} class="chip given" onClick=${() => to(part)}>${t(part)}</button>`)}</nav>`;
}

function General() {
  const { timezone, language, week_start, subtasks_on_complete } = user.value;
  const zones = ZONES.includes(timezone) ? ZONES : [timezone, ...ZONES];
  return html`<section class="card"><h2>${t("set.general")}</h2><div class="fields">
    <label>${t("language")}<select value=${language} onChange=${on("language")}>${Object.entries(LANGUAGES).map(([code, name]) => html`<option key=${code} value=${code} lang=${code}>${name}</option>`)}</select></label>
    <label>${t("timezone")}<select value=${timezone} onChange=${on("timezone")}>${zones.map((zone) => html`<option key=${zone} value=${zone}>${zone.replaceAll("_", " ")}</option>`)}</select></label>
    <label>${t("week.start")}<select value=${week_start} onChange=${on("week_start")}>${WEEK_STARTS.map((day) => html`<option key=${day} value=${day}>${t(`day.${day}`)}</option>`)}</select></label>
    <label>${t("set.subtasks")}<select value=${subtasks_on_complete} onChange=${on("subtasks_on_complete")}>${["complete", "ask", "keep"].map((one) => html`<option key=${one} value=${one}>${t(`subtasks.${one}`)}</option>`)}</select></label>
    <label>${t("theme")}<select value=${theme.value} onChange=${(event) => (theme.value = event.target.value)}>${["system", "light", "dark"].map((one) => html`<option key=${one} value=${one}>${t(`theme.${one}`)}</option>`)}</select></label>
    ${canSpeak && html`<label class="check"><input type="checkbox" checked=${spokenReplies.value} onChange=${(event) => (spokenReplies.value = event.target.checked)} /> ${t("set.aloud")}</label>`}
  </div></section>`;
}

function Quiet() {
  const { quiet_from, quiet_until, email_notifications } = user.value;
  const submit = (event) => {
    event.preventDefault();
    const { from, until } = Object.fromEntries(new FormData(event.target));
    save({ quiet_from: from || null, quiet_until: until || null });
  };
  return html`<section class="card"><h2>${t("set.notify")}</h2><form class="fields" onSubmit=${submit}>
    <label>${t("quiet.from")}<input type="time" name="from" value=${quiet_from?.slice(0, 5) ?? ""} /></label>
    <label>${t("quiet.until")}<input type="time" name="until" value=${quiet_until?.slice(0, 5) ?? ""} /></label>
    <label class="check"><input type="checkbox" checked=${email_notifications} onChange=${(event) => save({ email_notifications: event.target.checked })} /> ${t("set.email")}</label>
    <div class="row end wide"><button>${t("save")}</button></div></form><${Push} /></section>`;
}
