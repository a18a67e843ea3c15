// Another password; every other login ends with it.
import { html, useState } from "../lib.js";
import { post } from "../api.js";
import { t } from "../i18n/index.js";
import { tell } from "../ui/toast.js";

export function Password() {
  const [fault, setFault] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    try {
      await post("auth/password/change/", Object.fromEntries(new FormData(form)));
      form.reset();
      setFault("");
      tell(t("password.changed"));
    } catch (error) {
      if (error.status === undefined) throw error;
      setFault(error.message);
    }
  };
  return html`<section class="card"><h2>${t("password.change")}</h2><form class="fields" onSubmit=${submit}>
    <label>${t("password.current")}<input type="password" name="current_password" autocomplete="current-password" required /></label>
    <label>${t("password.new")}<input type="password" name="new_password" autocomplete="new-password" minlength="8" required /></label>
    ${fault && html`<p class="fault wide" role="alert">${fault}</p>`}<div class="row end wide"><button>${t("save")}</button></div></form></section>`;
}
