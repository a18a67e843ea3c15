// Sign in, register, or look around as the demo user.
import { html, useState } from "../lib.js";
import { t } from "../i18n/index.js";
import { post } from "../api.js";
import { mayTryDemo, register, signIn, signInAsDemo } from "../session.js";
import { Icon } from "../ui/icon.js";

export function Welcome() {
  const [mode, setMode] = useState("in");
  const [fault, setFault] = useState("");
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (work) => {
    setBusy(true);
    setFault("");
    try {
      await work();
    } catch (error) {
      if (error.status === undefined) throw error;
      setFault(error.code === "offline" ? t("line.offline") : error.message);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event) => {
    event.preventDefault();
    const { email, password } = Object.fromEntries(new FormData(event.target));
    if (mode === "in") run(() => signIn(email, password));
    else if (mode === "new") run(() => register(email, password));
    else run(async () => {
      await post("auth/password/reset/", { email });
      setSaid(t("reset.sent"));
    });
  };
  return html`<main class="welcome">
    <div class="welcome-box">
      <img src="/static/web/icons/icon.svg" alt="" width="64" height="64" />
      <h1>Voice2Task</h1>
      <p class="lead">${t("welcome.lead")}</p>
      ${mayTryDemo && html`<button class="main wide" disabled=${busy} onClick=${() => run(signInAsDemo)}><${Icon} name="mic" /> ${t("welcome.demo")}</button>
        <p class="or"><span>${t("or")}</span></p>`}
      <form onSubmit=${submit}>
        <label>${t("email")}<input name="email" type="email" autocomplete="username" required /></label>
        ${mode !== "lost" && html`<label>${t("password")}<input name="password" type="password" required
          autocomplete=${mode === "in" ? "current-password" : "new-password"} minlength=${mode === "new" ? 8 : null} /></label>`}
        ${fault && html`<p class="fault" role="alert">${fault}</p>`}
        ${said && html`<p class="good" role="status">${said}</p>`}
        <button class=${mayTryDemo ? "wide" : "main wide"} disabled=${busy}>${t(`welcome.${mode}`)}</button>
      </form>
      <p class="row middle-text">
        <button class="plain" onClick=${() => { setMode(mode === "in" ? "new" : "in"); setFault(""); }}>${mode === "in" ? t("welcome.new") : t("welcome.in")}</button>
        ${mode === "in" && html`<button class="plain" onClick=${() => setMode("lost")}>${t("welcome.forgot")}</button>`}
      </p>
    </div>
  </main>`;
}
