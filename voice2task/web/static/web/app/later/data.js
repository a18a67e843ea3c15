// What is the user's: take it away, bring it along, subscribe to it, or have all of it deleted.
import { html, useEffect, useState } from "../lib.js";
import { get, post, remove, request } from "../api.js";
import { momentOf } from "../format.js";
import { knows, t } from "../i18n/index.js";
import { signedOut } from "../session.js";
import { recent } from "../store/records.js";
import { Dialog } from "../ui/dialog.js";
import { tell, trying } from "../ui/toast.js";

const FORMATS = { voice2task: "Voice2Task", todoist: "Todoist", vikunja: "Vikunja", icalendar: "iCalendar" };
// What a file is, where its name tells; of two formats in JSON one's own is the first of the list.
const FORMAT_OF = { csv: "todoist", zip: "vikunja", ics: "icalendar" };
const UNDER_WAY = ["queued", "running"];

export function Data() {
  return html`<section class="card"><h2>${t("data")}</h2>
    <p>${t("data.export.text")}</p><p class="row"><a class="button" href="/api/v1/export/" download>${t("data.export")}</a></p>
    <${Imports} /><${Feed} /><${Erase} /></section>`;
}

function Imports() {
  const [rows, setRows] = useState([]);
  const moved = recent.value.find((event) => event.kind.startsWith("import."))?.seq;
  useEffect(() => void trying(() => get("import/?page_size=5")).then((page) => page && setRows(page.results)), [moved]);
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    const begun = await trying(() => post("import/", new FormData(form), { "Idempotency-Key": crypto.randomUUID() }));
    if (!begun) return;
    form.reset();
    setRows((held) => [begun, ...held]);
  };
  const chosen = ({ target }) => {
    const ending = target.value.split(".").pop().toLowerCase();
    target.form.elements.format.value = FORMAT_OF[ending] ?? target.form.elements.format.value;
  };
  const readOf = (id) => recent.value.find((event) => event.kind === "import.progress" && event.subject.id === id)?.data.after.read;
  return html`<h3>${t("data.import")}</h3><form class="fields" onSubmit=${submit}>
      <label>${t("data.format")}<select name="format">${Object.entries(FORMATS).map(([one, name]) => html`<option key=${one} value=${one}>${name}</option>`)}</select></label>
      <label>${t("data.import")}<input type="file" name="file" required onChange=${chosen} /></label>
      <label class="check wide"><input type="checkbox" name="on_error" value="skip" /> ${t("data.skip")}</label>
      <div class="row end wide"><button>${t("data.import.start")}</button></div></form>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id}><div class="row"><span class="grow">${FORMATS[row.format] ?? row.format} <small>${momentOf(row.created_at)}</small></span>
      ${UNDER_WAY.includes(row.status) && html`<progress aria-label=${t("data.import")}></progress>`}<span>${outcomeOf(row, readOf(row.id))}</span></div><${Faults} report=${row.report} /></li>`)}</ul>`;
}

/** The rows that could not be read, each with where it stands and why. */
function Faults({ report }) {
  if (!report?.broken) return null;
  return html`<details><summary>${t("data.broken", { count: report.broken })}</summary>
    <ul class="plain-list">${report.faults.map((fault, index) => html`<li key=${index}><small>${fault.at}</small> ${fault.message}</li>`)}</ul></details>`;
}

/** What has become of an import, in short. */
function outcomeOf({ status, error, report }, read) {
  const made = report?.created?.task;
  if (error) return error.message;
  return [knows(`import.${status}`) ? t(`import.${status}`) : status, UNDER_WAY.includes(status) && read && t("data.read", { count: read }), made !== undefined && t("data.made", { count: made })].filter(Boolean).join(" · ");
}

function Feed() {
  const [url, setUrl] = useState("");
  const renew = async () => {
    const made = await trying(() => post("feed/"));
    if (made) setUrl(made.url);
  };
  const off = async () => {
    if ((await trying(async () => (await remove("feed/")) ?? true)) === undefined) return;
    setUrl("");
    tell(t("feed.off.done"));
  };
  return html`<h3>${t("feed")}</h3><p>${t("feed.text")}</p>
    ${url && html`<label>${t("feed.address")}<input readonly value=${url} onFocus=${(event) => event.target.select()} /></label>`}
    <div class="row"><button onClick=${renew}>${t("feed.new")}</button><button class="plain" onClick=${off}>${t("feed.off")}</button></div>`;
}

function Erase() {
  const [asked, ask] = useState(false);
  const [fault, setFault] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    try {
      await request("DELETE", "auth/me/", { password: new FormData(event.target).get("password") });
      signedOut();
    } catch (error) {
      if (error.status === undefined) throw error;
      setFault(error.message);
    }
  };
  return html`<h3>${t("erase")}</h3><div class="row"><button class="bad" onClick=${() => ask(true)}>${t("erase.start")}</button></div>
    ${asked && html`<${Dialog} title=${t("erase.start")} onClose=${() => ask(false)}><p>${t("erase.sure")}</p><form onSubmit=${submit}>
      <label>${t("password.current")}<input type="password" name="password" autocomplete="current-password" required /></label>
      ${fault && html`<p class="fault" role="alert">${fault}</p>`}<div class="row end"><button class="bad">${t("erase.yes")}</button></div></form><//>`}`;
}
