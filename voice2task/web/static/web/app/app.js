// The frame around every view: where to go, what is up with the line, the composer, the task that is open.
import { html, useEffect, useState } from "./lib.js";
import { listName } from "./format.js";
import { knows, t } from "./i18n/index.js";
import { closeTask, route } from "./route.js";
import { user } from "./session.js";
import { connection } from "./socket.js";
import { changes, stuck } from "./store/changes.js";
import { generation, liveLists, loaded } from "./store/records.js";
import { waiting } from "./store/outbox.js";
import { recordings } from "./store/recordings.js";
import { Icon } from "./ui/icon.js";
import { tell, Toasts } from "./ui/toast.js";
import { Composer } from "./views/composer.js";
import { Bell, Notice } from "./views/bell.js";
import { Welcome } from "./views/welcome.js";
import { MailLink, mailPage } from "./views/mail-link.js";
import { Talk } from "./views/talk.js";
import { Dated } from "./views/tasks/dated.js";
import { countsByList, dueToday } from "./views/tasks/groups.js";

/** A part that is fetched when it is first looked at. */
function later(fetchIt, name) {
  return function Later(props) {
    const [View, setView] = useState(null);
    useEffect(() => void fetchIt().then((module) => setView(() => module[name]), () => tell(t("line.offline"), "bad")), []);
    return View ? html`<${View} ...${props} />` : html`<main class="page" aria-busy="true"></main>`;
  };
}

const VIEWS = {
  talk: Talk,
  today: () => html`<${Dated} which="today" />`,
  upcoming: () => html`<${Dated} which="upcoming" />`,
  browse: later(() => import("./views/tasks/browse.js"), "Browse"),
  list: later(() => import("./views/tasks/list.js"), "ListView"),
  board: later(() => import("./views/tasks/board.js"), "Board"),
  search: later(() => import("./views/tasks/search.js"), "Search"),
  trash: later(() => import("./views/tasks/trash.js"), "Trash"),
  activity: later(() => import("./later/activity.js"), "Activity"),
  settings: later(() => import("./later/settings.js"), "Settings"),
  notice: Notice,
};
const Unsent = later(() => import("./later/unsent.js"), "Unsent");
const Details = later(() => import("./views/tasks/details.js"), "Details");
const PLACES = [
  ["talk", "talk"], ["today", "today"], ["upcoming", "upcoming"], ["board", "board"], ["search", "search"],
  ["activity", "feed"], ["trash", "trash"], ["settings", "settings"],
];
const TABS = [["talk", "talk"], ["today", "today"], ["browse", "list"], ["activity", "feed"], ["settings", "settings"]];

export function App() {
  if (mailPage) return html`<${MailLink} /><${Toasts} />`;
  if (user.value === undefined) return html`<main class="splash" aria-busy="true"></main>`;
  if (user.value === null) return html`<${Welcome} /><${Toasts} />`;
  return html`<${Signed} /><${Toasts} />`;
}

function Signed() {
  const { name, id, query } = route.value;
  const View = VIEWS[name] ?? Talk;
  useEffect(() => {
    document.title = `${knows(`place.${name}`) ? t(`place.${name}`) : "Voice2Task"} · Voice2Task`;
  }, [name]);
  useEffect(() => {
    document.getElementById("view")?.focus({ preventScroll: true });
  }, [name, name === "talk" ? "" : id]);
  return html`<div class="frame">
    <a class="skip" href="#view" onClick=${(event) => { event.preventDefault(); document.getElementById("view").focus(); }}>${t("skip")}</a>
    <${Side} />
    <div class="middle">
      <${Line} />
      <div id="view" class="view" tabindex="-1"><${View} key=${`${name} ${generation.value}`} id=${id} /></div>
      <${Composer} conversationId=${name === "talk" ? id : ""} />
    </div>
    <${Tabs} />
    ${query.task && html`<${Details} key=${query.task} id=${query.task} onClose=${closeTask} />`}
  </div>`;
}

function Side() {
  const { name, id } = route.value;
  const counts = { today: dueToday.value.length };
  return html`<nav class="side" aria-label=${t("places")}>
    <div class="brand"><img src="/static/web/icons/icon.svg" alt="" width="28" height="28" /><span>Voice2Task</span><${Bell} /></div>
    <ul>${PLACES.map(([place, icon]) => html`<li key=${place}><${Go} to=${place} icon=${icon} now=${name === place} count=${counts[place]} /></li>`)}</ul>
    <h2>${t("lists")}</h2>
    <ul class="grow">${liveLists.value.map((list) => html`<li key=${list.id}>
      <a href=${`#/list/${list.id}`} aria-current=${name === "list" && id === list.id ? "page" : null}>
        <span class="dot" style=${{ background: list.colour || null }}></span><span class="name">${listName(list)}</span>
        <${Count} list=${list.id} /></a></li>`)}</ul>
  </nav>`;
}

function Count({ list }) {
  const count = countsByList.value.get(list);
  return count > 0 && html`<span class="count">${count}</span>`;
}

function Go({ to, icon, now, count }) {
  return html`<a href=${`#/${to}`} aria-current=${now ? "page" : null}><${Icon} name=${icon} /><span class="name">${t(`place.${to}`)}</span>
    ${count > 0 && html`<span class="count">${count}</span>`}</a>`;
}

function Tabs() {
  const { name } = route.value;
  const current = TABS.some(([place]) => place === name) ? name : "browse";
  return html`<nav class="tabs" aria-label=${t("places")}>
    ${TABS.map(([place, icon]) => html`<a key=${place} href=${`#/${place}`} aria-current=${current === place ? "page" : null}>
      <${Icon} name=${icon} size=${22} /><span>${t(`place.${place}`)}</span></a>`)}
  </nav>`;
}

/** Whether the line is there, what waits for it, and what could not be done after it. */
function Line() {
  const open = changes.value.length - stuck.value.length;
  const count = waiting.value.length + recordings.value.filter((row) => row.ended).length + open;
  const [late, setLate] = useState(false);
  const [asked, ask] = useState(false);
  const state = connection.value;
  useEffect(() => {
    setLate(false);
    const timer = setTimeout(() => setLate(true), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const faults = stuck.value.length;
  const away = state !== "open" && (late || !navigator.onLine);
  return html`${loaded.value === "failed" && state === "open" && html`<p class="line" role="status">${t("line.reading")}</p>`}
    ${away && html`<p class="line" role="status">${navigator.onLine ? t("line.connecting") : t("line.offline")} ${count > 0 && t("line.waiting", { count })}</p>`}
    ${faults > 0 && html`<p class="line" role="status">${t("unsent.count", { count: faults })} <button class="small" onClick=${() => ask(true)}>${t("unsent.look")}</button></p>`}
    ${asked && faults > 0 && html`<${Unsent} onClose=${() => ask(false)} />`}`;
}
