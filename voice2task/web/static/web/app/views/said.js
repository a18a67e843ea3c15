// What the user has said: sent, on its way, or still being heard.
import { html } from "../lib.js";
import { post } from "../api.js";
import { timeOf } from "../format.js";
import { t } from "../i18n/index.js";
import { connection } from "../socket.js";
import { discard } from "../store/outbox.js";
import { cancelRecording, words } from "../store/recordings.js";
import { Icon } from "../ui/icon.js";
import { trying } from "../ui/toast.js";

export function Spoken({ message }) {
  return html`<article class="mine"><p>${message.text}</p>
    <footer>${message.voice && html`<${Icon} name="mic" size=${14} />`}<time datetime=${message.recorded_at}>${timeOf(message.recorded_at)}</time></footer></article>`;
}

export function Waiting({ row }) {
  const state = row.error ?? (connection.value === "open" ? t("sending") : t("waits"));
  return html`<article class=${row.error ? "mine bad" : "mine unsent"}><p>${row.text}</p>
    <footer><span>${state}</span><button class="plain small" onClick=${() => discard(row.id)}>${t("discard")}</button></footer></article>`;
}

/** A recording that the server does not have whole, or has not understood yet. */
export function Recorded({ row }) {
  const heard = words.value[row.id];
  const state = row.error ?? (!row.ended ? t("recording") : connection.value === "open" ? t("sending") : t("waits"));
  return html`<article class=${row.error ? "mine bad" : "mine unsent"}>
    <p><${Icon} name="mic" size=${16} /> ${heard ? html`${heard.text.slice(0, heard.stable)}<span class="unsure">${heard.text.slice(heard.stable)}</span>` : t("recorded")}</p>
    <footer><span>${state}</span>${row.ended && html`<button class="plain small" onClick=${() => cancelRecording(row.id)}>${t("discard")}</button>`}</footer></article>`;
}

/** A recording that the server has, until it is a message: being understood, silent, or not understood. */
export function Heard({ capture }) {
  const { status, error, client_id, id } = capture;
  const again = () => trying(() => post(`captures/${id}/retry/`));
  const heard = words.value[client_id]?.text;
  const note = status === "failed" ? error?.message ?? t("heard.failed") : t(`heard.${status}`);
  return html`<article class=${status === "failed" ? "mine bad" : "mine unsent"}>
    <p><${Icon} name="mic" size=${16} /> ${heard || t("recorded")}</p>
    <footer><span>${note}</span>${status === "failed" && html`<button class="plain small" onClick=${again}>${t("again")}</button>`}</footer></article>`;
}
