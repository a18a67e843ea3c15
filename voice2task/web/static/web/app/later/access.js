// Who and what may act as the user: tokens for programs, and where they are signed in.
import { html, useState } from "../lib.js";
import { post, remove } from "../api.js";
import { addDays, momentOf, today } from "../format.js";
import { t } from "../i18n/index.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";
import { Secret, useRows } from "./rows.js";

const SCOPES = ["read", "write", "agent"];
const DAYS = ["30", "90", "365", ""];

export function Tokens() {
  const [rows, again] = useRows("auth/tokens/", ["token."]);
  const [secret, setSecret] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    const scopes = data.getAll("scopes");
    if (!scopes.length) return tell(t("token.scopes.none"), "bad");
    const days = Number(data.get("days"));
    const expires_at = days ? `${addDays(today.value, days)}T00:00:00Z` : null;
    const made = await trying(() => post("auth/tokens/", { name: data.get("name"), scopes, expires_at }));
    if (!made) return undefined;
    form.reset();
    setSecret(made.token);
    again();
    return undefined;
  };
  return html`<section class="card"><h2>${t("tokens")}</h2><p>${t("tokens.text")}</p>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><span class="grow"><b>${row.name}</b> <code>${row.prefix}…</code><br />
      <small>${[row.scopes.map((scope) => t(`scope.${scope}`)).join(", "), usedAt(row), row.expires_at && t("token.until", { day: momentOf(row.expires_at) })].filter(Boolean).join(" · ")}</small></span>
      <button class="small" aria-label=${t("token.revoke.one", { name: row.name })} onClick=${() => trying(() => remove(`auth/tokens/${row.id}/`)).then(again)}>${t("feed.off")}</button></li>`)}</ul>
    <form class="fields" onSubmit=${submit}>
      <label>${t("field.name")}<input name="name" maxlength="100" required /></label>
      <label>${t("token.days")}<select name="days">${DAYS.map((days) => html`<option key=${days} value=${days}>${days ? t("token.days.count", { count: Number(days) }) : t("token.days.none")}</option>`)}</select></label>
      <fieldset class="wide row wrap"><legend>${t("token.scopes")}</legend>${SCOPES.map((scope) => html`<label key=${scope} class="check"><input type="checkbox" name="scopes" value=${scope} defaultChecked=${scope === "read"} /> ${t(`scope.${scope}`)}</label>`)}</fieldset>
      <div class="row end wide"><button>${t("token.add")}</button></div></form>
    ${secret && html`<${Secret} title=${t("token")} text=${secret} onClose=${() => setSecret("")} />`}</section>`;
}

const usedAt = (row) => (row.last_used_at ? t("used.at", { moment: momentOf(row.last_used_at) }) : t("used.never"));

export function Sessions() {
  const [rows, again] = useRows("auth/sessions/", ["login."]);
  const end = (path) => trying(() => remove(path)).then(again);
  return html`<section class="card"><h2>${t("sessions")}</h2><p>${t("sessions.text")}</p>
    <ul class="plain-list">${rows.map((row) => html`<li key=${row.id} class="row"><${Icon} name=${row.kind === "session" ? "board" : "tool"} size=${16} />
      <span class="grow"><b>${browserOf(row.user_agent)}</b> ${row.current && html`<span class="label">${t("session.current")}</span>`}<br />
        <small>${[row.address, usedAt(row)].filter(Boolean).join(" · ")}</small></span>
      ${!row.current && html`<button class="small" aria-label=${t("session.end.one", { name: browserOf(row.user_agent) })} onClick=${() => end(`auth/sessions/${row.id}/`)}>${t("sign.out")}</button>`}</li>`)}</ul>
    ${rows.length > 1 && html`<div class="row"><button onClick=${() => end("auth/sessions/")}>${t("sessions.end")}</button></div>`}</section>`;
}

const NAMES = [[/Edg\//, "Edge"], [/OPR\//, "Opera"], [/Firefox\//, "Firefox"], [/(Headless)?Chrom(e|ium)\//, "Chrome"], [/Safari\//, "Safari"]];
const SYSTEMS = [[/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux/, "Linux"]];

/** What somebody would call it: "Firefox · Windows"; a program by its own name. */
function browserOf(agent) {
  const first = (table) => table.find(([pattern]) => pattern.test(agent))?.[1];
  return [first(NAMES) ?? (agent.split(/[\s(]/)[0] || t("session.unknown")), first(SYSTEMS)].filter(Boolean).join(" · ");
}
