// Where the page begins.
import { html, render } from "./lib.js";
import { enter } from "./session.js";
import { App } from "./app.js";
import { beginTheme } from "./theme.js";

beginTheme();
render(html`<${App} />`, document.getElementById("app"));
enter();
if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("/sw.js");
