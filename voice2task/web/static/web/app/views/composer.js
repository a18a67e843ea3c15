// Where one speaks or writes, below every view.
import { html, useEffect, useRef, useState } from "../lib.js";
import { t } from "../i18n/index.js";
import { go } from "../route.js";
import { begun, say } from "../store/outbox.js";
import { Icon } from "../ui/icon.js";
import { Recorder, state as recorder } from "./recorder.js";

const shared = new URLSearchParams(location.search);
const SHARED = ["title", "text", "url"].map((name) => shared.get(name)).filter(Boolean).join(" ");
if (location.search) history.replaceState(null, "", `/${location.hash}`);

export function Composer({ conversationId }) {
  const [text, setText] = useState(SHARED);
  const field = useRef(null);
  useEffect(() => grow(field.current), [text]);
  const submit = async (event) => {
    event?.preventDefault();
    const said = text.trim();
    if (!said) return;
    setText("");
    // A conversation that began here is known by its first message until the server has named it.
    const first = conversationId.startsWith("new-") ? conversationId.slice(4) : null;
    const known = first ? begun.value[first] ?? "" : conversationId;
    const local = known ? null : first;
    const thread = await say(said, known || null, local);
    go(`talk/${known || `new-${thread}`}`, {}, Boolean(conversationId));
  };
  const onKeyDown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  };
  const quiet = recorder.value.phase === "idle";
  return html`<form class="composer" onSubmit=${submit} aria-label=${t("composer")}>
    ${quiet && html`<textarea ref=${field} rows="1" maxlength="20000" value=${text} placeholder=${t("composer.hint")} aria-label=${t("composer")}
      onInput=${(event) => setText(event.target.value)} onKeyDown=${onKeyDown}></textarea>
      ${text.trim() && html`<button class="round main" aria-label=${t("send")}><${Icon} name="send" /></button>`}`}
    ${(!quiet || !text.trim()) && html`<${Recorder} conversationId=${conversationId.startsWith("new-") ? begun.value[conversationId.slice(4)] : conversationId} />`}
  </form>`;
}

function grow(field) {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}
