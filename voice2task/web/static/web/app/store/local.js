// IndexedDB: what waits to be sent, so that neither a reload nor a lost network loses it.

const NAME = "voice2task";
const VERSION = 1;
/** @type {Promise<IDBDatabase>|null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("messages", { keyPath: "id" });
      asked.result.createObjectStore("recordings", { keyPath: "id" });
      asked.result.createObjectStore("pieces", { keyPath: ["id", "n"] });
    };
    asked.onsuccess = () => resolve(asked.result);
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

/** @param {"messages"|"recordings"|"pieces"} store */
export const keep = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const drop = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));
export const kept = (store) => run(store, "readonly", (rows) => rows.getAll());

/** The pieces of one recording, in their order. */
export const piecesOf = (id) => run("pieces", "readonly", (rows) => rows.getAll(IDBKeyRange.bound([id, 0], [id, Infinity])));
export const dropPieces = (id) => run("pieces", "readwrite", (rows) => rows.delete(IDBKeyRange.bound([id, 0], [id, Infinity])));
