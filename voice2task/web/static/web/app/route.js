// Which view is shown: what follows the # of the address.
import { computed, signal } from "./lib.js";

const hash = signal(location.hash);
addEventListener("hashchange", () => (hash.value = location.hash));

/** `#/list/ID?task=ID` is `{name: "list", id: "ID", query: {task: "ID"}}`. */
export const route = computed(() => {
  const [path, query = ""] = hash.value.replace(/^#\/?/, "").split("?");
  const [name = "", id = ""] = path.split("/");
  return { name: name || "talk", id, query: Object.fromEntries(new URLSearchParams(query)) };
});

/** @param {string} path as in `list/ID` @param {Record<string, string>} [query] */
export function go(path, query = {}, replace = false) {
  const search = new URLSearchParams(query).toString();
  const address = `#/${path}${search ? `?${search}` : ""}`;
  if (replace) {
    history.replaceState(null, "", address);
    hash.value = address;
  } else location.hash = address;
}

const here = () => [route.value.name, route.value.id].filter(Boolean).join("/");
export const openTask = (id) => go(here(), { ...route.value.query, task: id });
export function closeTask() {
  const { task, ...query } = route.value.query;
  go(here(), query);
}
