// A turn of the agent: its text as it comes, what it does, what it has done, what it asks.
import { html, signal, useEffect, useMemo, useState } from "../lib.js";
import { timeOf } from "../format.js";
import { knows, t } from "../i18n/index.js";
import { user } from "../session.js";
import { send } from "../socket.js";
import { seq } from "../store/follow.js";
import { say } from "../store/outbox.js";
import { hasEnded, readTurn, retried, turnOf } from "../store/turns.js";
import { post } from "../api.js";
import { Icon } from "../ui/icon.js";
import { trying } from "../ui/toast.js";
import { Approval } from "./approval.js";
import { Receipts } from "./receipts.js";
import { speakAloud, spokenReplies } from "./aloud.js";

/** What makes HTML of Markdown, once it is there: a fifth of what a first load would weigh. Until then text is text. */
const toHtml = signal(null);
export async function readMarkdown() {
  if (toHtml.value) return;
  const markdown = await import("../markdown.js").catch(() => null);
  if (markdown) toHtml.value = markdown.toHtml;
}

export function Reply({ turnId, reply, recent }) {
  const [wanted, setWanted] = useState(recent);
  useEffect(() => {
    if (wanted) readTurn(turnId, seq.value);
  }, [turnId, wanted]);
  const turn = turnOf(turnId).value;
  const running = !hasEnded(turn) && turn.status !== "unknown";
  // The event of the stored reply may come before the frame that ends the turn, or without one.
  const text = turn.text || reply?.text || "";
  const render = toHtml.value;
  const shown = useMemo(() => render?.(text), [text, render]);
  useEffect(() => {
    if (turn.live && turn.status === "completed" && spokenReplies.value) speakAloud(text, user.value.language);
  }, [turn.status]);
  return html`<article class="reply" aria-busy=${running} data-status=${turn.status}>
    ${(turn.tools ?? []).map((tool) => html`<${Step} key=${tool.id} tool=${tool} />`)}
    ${text && (shown === undefined ? html`<div class="markdown"><p>${text}</p></div>` : html`<div class="markdown" dangerouslySetInnerHTML=${{ __html: shown }}></div>`)}
    ${retried.value.has(turnId) && html`<p class="note again"><${Icon} name="repeat" size=${16} /> ${t(running ? "turn.retrying" : "turn.retried")}</p>`}
    ${running && turn.status !== "awaiting_approval" && html`<p class="working"><span class="dots" aria-label=${t("working")}><i></i><i></i><i></i></span>
      <button class="small" onClick=${() => stop(turnId)}><${Icon} name="stop" size=${16} /> ${t("stop")}</button></p>`}
    ${turn.approval && html`<${Approval} key=${turn.approval.id} approval=${turn.approval} />`}
    ${turn.status === "failed" && html`<${Failed} turn=${turn} />`}
    ${turn.status === "stopped" && html`<p class="note">${t("turn.stopped")}</p>`}
    <${Receipts} turn=${turn} />
    ${turn.choices?.length > 0 && html`<${Choices} turn=${turn} />`}
    <${Foot} turn=${turn} reply=${reply} />
    ${!wanted && html`<button class="plain small" onClick=${() => setWanted(true)}>${t("turn.show")}</button>`}
  </article>`;
}

const stop = (id) => send({ type: "turn.stop", turn_id: id }) || trying(() => post(`turns/${id}/stop/`));

/** One tool, as what it does. */
function Step({ tool }) {
  const status = tool.result?.status ?? "";
  const failed = ["error", "rejected", "expired"].includes(status);
  const name = knows(`tool.${tool.name}`) ? t(`tool.${tool.name}`) : tool.name.replaceAll("_", " ");
  return html`<p class=${`step ${tool.status === "started" ? "running" : failed ? "bad" : "done"}`}>
    <${Icon} name=${tool.status === "started" ? "tool" : failed ? "close" : "check"} size=${16} />
    <span>${name}${subject(tool) && html`<span class="what"> ${subject(tool)}</span>`}</span>
    ${failed && html`<span class="what">${tool.result.message ?? t(`result.${status}`)}</span>`}</p>`;
}

/** What a tool is about, in the words of its arguments. */
function subject({ arguments: given }) {
  const titles = (given?.tasks ?? []).map((task) => task?.title).filter(Boolean);
  if (titles.length) return titles.map((title) => `“${title}”`).join(", ");
  const named = given?.reference ?? given?.references ?? given?.text ?? given?.query ?? given?.name ?? given?.title;
  const words = Array.isArray(named) ? named.join(", ") : named;
  return typeof words === "string" && words ? `“${words.slice(0, 120)}”` : "";
}

function Failed({ turn }) {
  const code = turn.error?.code ?? "internal_error";
  // The same turn goes on: to say the sentence anew would do twice what it had done.
  const again = () => trying(() => post(`turns/${turn.id}/retry/`));
  return html`<div class="card bad" role="alert"><p>${knows(`failed.${code}`) ? t(`failed.${code}`) : turn.error?.message}</p>
    ${turn.receipts?.length > 0 && html`<p>${t("failed.done")}</p>`}
    <button onClick=${again}><${Icon} name="repeat" size=${16} /> ${t("again")}</button></div>`;
}

function Choices({ turn }) {
  const choose = (number) => say(String(number), turn.conversation_id);
  return html`<ol class="choices">${turn.choices.map(({ number, task }) => html`<li key=${number}>
    <button onClick=${() => choose(number)}><b>${number}</b><span>${task?.title ?? ""}</span></button></li>`)}</ol>`;
}

function Foot({ turn, reply }) {
  if (!turn.engine && !reply) return null;
  const asked = (turn.fallbacks ?? []).map(({ engine, code }) => `${engine}: ${knows(`fallback.${code}`) ? t(`fallback.${code}`) : code}`).join(" · ");
  return html`<footer>${turn.engine && html`<span class="engine">${turn.engine === "rules" ? t("engine.rules") : turn.engine}</span>`}
    ${asked && html`<span>${asked}</span>`}${reply && html`<time datetime=${reply.created_at}>${timeOf(reply.created_at)}</time>`}</footer>`;
}
