// What was last seen, kept in the browser: shown until the server has told it anew, or when it cannot be reached.
import { effect } from "../lib.js";
import { forgetRows, keepRows, rowsOf } from "./local.js";
import { BY_TYPE, loaded, messages } from "./records.js";

const KEPT = { ...BY_TYPE, message: messages };
const LATER = 1500;
const AT_ONCE = 400;
let owner = "";
let timer = 0;
let writing = Promise.resolve();

export async function openKept(userId) {
  owner = userId;
  const found = await rowsOf(owner);
  for (const [type, collection] of Object.entries(KEPT)) collection.restore(found.filter((one) => one.type === type).map(({ row }) => row));
  if (found.length && loaded.peek() === "reading") loaded.value = "kept";
}

/** Nobody is signed in any more: the next one at this browser sees nothing of them. */
export async function forgetKept() {
  owner = "";
  clearTimeout(timer);
  await writing;
  await forgetRows();
}

effect(() => {
  for (const collection of Object.values(KEPT)) collection.changes.value;
  if (!owner) return;
  clearTimeout(timer);
  timer = setTimeout(write, LATER);
});
addEventListener("visibilitychange", () => document.visibilityState === "hidden" && owner && write());

/** In pieces, so that many rows do not hold up the page. */
function write() {
  clearTimeout(timer);
  const whose = owner;
  writing = writing.then(async () => {
    for (const [type, collection] of Object.entries(KEPT)) {
      while (collection.unkept.size && owner === whose) {
        const ids = [...collection.unkept].slice(0, AT_ONCE);
        for (const id of ids) collection.unkept.delete(id);
        const here = ids.filter((id) => collection.rows.has(id) && !id.startsWith("local-"));
        const gone = ids.filter((id) => !collection.rows.has(id)).map((id) => [whose, type, id]);
        await keepRows(here.map((id) => ({ owner: whose, type, id, row: collection.rows.get(id) })), gone);
      }
    }
  });
}
