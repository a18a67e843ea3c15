// IndexedDB: what waits to be sent and what was last seen, so that neither a reload nor a lost network loses it.

const NAME = "voice2task";
const VERSION = 2;
const KEYS = { messages: "id", recordings: "id", pieces: ["id", "n"], changes: "id", rows: ["owner", "type", "id"] };
/** @type {Promise<IDBDatabase>|null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      const held = asked.result.objectStoreNames;
      for (const [name, keyPath] of Object.entries(KEYS)) if (!held.contains(name)) asked.result.createObjectStore(name, { keyPath });
    };
    asked.onsuccess = () => {
      // A page with newer files waits for this one to let go.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function run(store, mode, work) {
  const transaction = (await database()).transaction(store, mode);
  const asked = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {keyof typeof KEYS} store */
export const keep = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const drop = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));
export const kept = (store) => run(store, "readonly", (rows) => rows.getAll());

/** The pieces of one recording, in their order. */
export const piecesOf = (id) => run("pieces", "readonly", (rows) => rows.getAll(IDBKeyRange.bound([id, 0], [id, Infinity])));
export const dropPieces = (id) => run("pieces", "readwrite", (rows) => rows.delete(IDBKeyRange.bound([id, 0], [id, Infinity])));

/** What was last seen, of one user: `{owner, type, id, row}`. */
export const rowsOf = (owner) => run("rows", "readonly", (rows) => rows.getAll(IDBKeyRange.bound([owner], [owner, []])));
export const keepRows = (put, gone) => run("rows", "readwrite", (rows) => {
  for (const key of gone) rows.delete(key);
  for (const row of put) rows.put(row);
  return {};
});
export const forgetRows = () => run("rows", "readwrite", (rows) => rows.clear());
