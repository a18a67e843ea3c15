// Where links in e-mails lead: choose a new password, or verify the address. The secret is behind the #.
import { html, useEffect, useState } from "../lib.js";
import { post } from "../api.js";
import { t } from "../i18n/index.js";

export const mailPage = { "/reset-password": "reset", "/verify-email": "verify" }[location.pathname];
const { uid = "", token = "" } = mailPage ? Object.fromEntries(new URLSearchParams(location.hash.slice(1))) : {};

export function MailLink() {
  const [state, setState] = useState({});
  const send = async (path, body) => {
    try {
      await post(path, { uid, token, ...body });
      setState({ done: true });
    } catch (error) {
      if (error.status === undefined) throw error;
      setState({ fault: error.message });
    }
  };
  useEffect(() => {
    if (mailPage === "verify") send("auth/email/verify/confirm/", {});
  }, []);
  const submit = (event) => {
    event.preventDefault();
    send("auth/password/reset/confirm/", { new_password: new FormData(event.target).get("password") });
  };
  return html`<main class="welcome"><div class="welcome-box">
    <h1>${t(`mail.${mailPage}`)}</h1>
    ${mailPage === "reset" && !state.done && html`<form onSubmit=${submit}>
      <label>${t("password.new")}<input name="password" type="password" autocomplete="new-password" minlength="8" required /></label>
      <button class="main wide">${t("save")}</button></form>`}
    ${state.fault && html`<p class="fault" role="alert">${state.fault}</p>`}
    ${state.done && html`<p class="good" role="status">${t(`mail.${mailPage}.done`)}</p>`}
    <p><a href="/">${t("mail.on")}</a></p>
  </div></main>`;
}
