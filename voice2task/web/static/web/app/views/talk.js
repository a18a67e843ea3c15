// Conversations, and the one that is open.
import { html, useEffect, useMemo, useRef, useState } from "../lib.js";
import { eachPage, get, patch, remove } from "../api.js";
import { agoOf, dayOf } from "../format.js";
import { t } from "../i18n/index.js";
import { go } from "../route.js";
import { begun, waiting } from "../store/outbox.js";
import { captures, conversations, messages } from "../store/records.js";
import { recordings } from "../store/recordings.js";
import { Confirm, Dialog } from "../ui/dialog.js";
import { Icon } from "../ui/icon.js";
import { tell, trying } from "../ui/toast.js";
import { Bell } from "./bell.js";
import { readMarkdown, Reply } from "./reply.js";
import { Heard, Recorded, Spoken, Waiting } from "./said.js";

/** What a recording is as long as no message has come of it. */
const UNHEARD = ["kept", "transcribing", "failed", "silent"];
const SAY = ["try.1", "try.2", "try.3", "try.4"];

export function Talk({ id }) {
  useEffect(() => void readMarkdown(), []);
  const named = id.startsWith("new-") ? begun.value[id.slice(4)] : null;
  useEffect(() => {
    if (named) go(`talk/${named}`, {}, true);
  }, [named]);
  // A phone shows one of both: the conversations, or what can be said where there are none.
  const none = conversations.all().length === 0;
  return html`<div class=${id ? "talk has-open" : none ? "talk is-new" : "talk"}>
    <${Conversations} open=${id} />
    ${id ? html`<${Open} key=${named ?? id} id=${named ?? id} />` : html`<${Blank} />`}
  </div>`;
}

function Conversations({ open }) {
  const [text, setText] = useState("");
  const [found, setFound] = useState(null);
  useEffect(() => {
    if (!text.trim()) return setFound(null);
    const timer = setTimeout(async () => {
      const page = await trying(() => get(`conversations/?text=${encodeURIComponent(text.trim())}`));
      if (page) setFound(page.results);
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  const rows = useMemo(() => found ?? conversations.all().sort((a, b) => (a.id < b.id ? 1 : -1)), [found, conversations.changes.value]);
  return html`<aside class="conversations" aria-label=${t("conversations")}>
    <header><h1>${t("place.talk")}</h1><span class="phone-only"><${Bell} /></span>
      <a class="button round" href="#/talk" aria-label=${t("conversation.new")} onClick=${focusComposer}><${Icon} name="plus" /></a></header>
    <input type="search" class="filter" placeholder=${t("conversations.search")} aria-label=${t("conversations.search")} value=${text} onInput=${(event) => setText(event.target.value)} />
    <ul>${rows.map((row) => html`<li key=${row.id}><a href=${`#/talk/${row.id}`} aria-current=${row.id === open ? "page" : null}>
      <span class="name">${row.title}</span><time datetime=${row.updated_at}>${agoOf(row.updated_at)}</time></a></li>`)}
      ${rows.length === 0 && html`<li class="none">${t(text ? "nothing.found" : "conversations.none")}</li>`}</ul>
  </aside>`;
}

function focusComposer() {
  setTimeout(() => document.querySelector(".composer textarea")?.focus());
}

/** What can be said, for who has said nothing yet. */
function Blank() {
  const fill = (text) => {
    const field = document.querySelector(".composer textarea");
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  return html`<section class="blank">
    <h2>${t("blank.title")}</h2><p>${t("blank.text")}</p>
    <ul>${SAY.map((key) => html`<li key=${key}><button onClick=${() => fill(t(key))}>“${t(key)}”</button></li>`)}</ul>
  </section>`;
}

function Open({ id }) {
  const isNew = id.startsWith("new-");
  const [state, setState] = useState(isNew ? "there" : "reading");
  useEffect(() => {
    if (!isNew) read(id).then(setState);
  }, [id]);
  const said = useMemo(() => ofConversation(id), [id, messages.changes.value]);
  const thread = isNew ? id.slice(4) : id;
  const unsent = waiting.value.filter((row) => row.conversation_id === id || row.thread === thread);
  const unheard = recordings.value.filter((row) => row.conversation_id === id || row.thread === thread);
  const heard = captures.all().filter((row) => row.conversation_id === id && UNHEARD.includes(row.status) && !recordings.value.some((one) => one.id === row.client_id));
  const title = conversations.get(id)?.title ?? "";
  return html`<section class="open" aria-label=${title || t("conversation.new")}>
    <header><a class="button plain round phone-only" href="#/talk" aria-label=${t("back")}><${Icon} name="back" /></a>
      <h2>${title}</h2>${!isNew && html`<${Menu} id=${id} title=${title} />`}</header>
    <${Scroll} following=${said.length + unsent.length + unheard.length + heard.length}>
      ${state === "missing" && html`<p class="none">${t("conversation.missing")}</p>`}
      ${said.map((turn, index) => html`<${Turn} key=${turn.id} turn=${turn} recent=${index >= said.length - 8} before=${said[index - 1]} />`)}
      ${heard.map((row) => html`<${Heard} key=${row.id} capture=${row} />`)}
      ${unheard.map((row) => html`<${Recorded} key=${row.id} row=${row} />`)}
      ${unsent.map((row) => html`<${Waiting} key=${row.id} row=${row} />`)}
    <//>
  </section>`;
}

/** The messages of a conversation by turn, the oldest first: `[{id, said, at}]`. */
function ofConversation(id) {
  const turns = new Map();
  const rows = messages.all().filter((row) => row.conversation_id === id).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const row of rows) {
    if (!turns.has(row.turn_id)) turns.set(row.turn_id, { id: row.turn_id, said: [], reply: null, at: row.created_at });
    const turn = turns.get(row.turn_id);
    if (row.role === "user") turn.said.push(row);
    else turn.reply = row;
  }
  return [...turns.values()];
}

async function read(id) {
  try {
    await Promise.all([
      eachPage(`conversations/${id}/messages/?page_size=200`, (page) => messages.takePage(page.results, page.seq)),
      get(`captures/?conversation=${id}&page_size=50`).then((page) => captures.takePage(page.results, page.seq)),
    ]);
    return "there";
  } catch (error) {
    if (error.status === undefined) throw error;
    return error.status === 404 ? "missing" : "offline";
  }
}

function Turn({ turn, recent, before }) {
  const newDay = !before || dayOf(before.at) !== dayOf(turn.at);
  return html`${newDay && html`<p class="day"><span>${dayOf(turn.at)}</span></p>`}
    ${turn.said.map((message) => html`<${Spoken} key=${message.id} message=${message} />`)}
    <${Reply} turnId=${turn.id} reply=${turn.reply} recent=${recent} />`;
}

/** Keeps to the end as text comes, unless somebody has scrolled up to read. */
function Scroll({ children, following }) {
  const box = useRef(null);
  const end = useRef(true);
  useEffect(() => {
    const watcher = new ResizeObserver(() => end.current && toEnd(box.current));
    watcher.observe(box.current.firstChild);
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    end.current = true;
    toEnd(box.current);
  }, [following]);
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    end.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return html`<div class="scroll" ref=${box} onScroll=${onScroll} tabindex="0" role="log" aria-label=${t("messages")}><div class="said">${children}</div></div>`;
}

const toEnd = (box) => box && (box.scrollTop = box.scrollHeight);

function Menu({ id, title }) {
  const [asked, ask] = useState("");
  const rename = async (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get("title").trim();
    ask("");
    if (name) await trying(() => patch(`conversations/${id}/`, { title: name }));
  };
  const away = async () => {
    if ((await trying(() => remove(`conversations/${id}/`))) === undefined) return;
    tell(t("conversation.deleted"));
    go("talk");
  };
  return html`<span class="row tight">
    <button class="plain round" aria-label=${t("rename")} title=${t("rename")} onClick=${() => ask("rename")}><${Icon} name="edit" /></button>
    <button class="plain round" aria-label=${t("delete")} onClick=${() => ask("delete")}><${Icon} name="trash" /></button>
    ${asked === "rename" && html`<${Dialog} title=${t("rename")} onClose=${() => ask("")}><form onSubmit=${rename}>
      <label>${t("title")}<input name="title" value=${title} required maxlength="200" /></label><div class="row end"><button class="main">${t("save")}</button></div></form><//>`}
    ${asked === "delete" && html`<${Confirm} title=${t("delete")} text=${t("conversation.delete.sure")} yes=${t("delete")} onYes=${away} onClose=${() => ask("")} />`}
  </span>`;
}
