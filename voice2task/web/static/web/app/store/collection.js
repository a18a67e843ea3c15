// Rows of one kind as the server has them, each with how far it is known.
import { signal } from "../lib.js";

/**
 * Rows come from pages, which say the `seq` they were read at, and from events after it. A row takes only what is
 * newer than what it holds, so that it does not matter in which order pages and events arrive.
 * @template {{id: string}} Row
 */
export class Collection {
  constructor() {
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Map<string, number>} How far each row, also one that is gone, is known. */
    this.known = new Map();
    /** Grows with every change; reading it in a component or a `computed` makes it follow. */
    this.changes = signal(0);
    this.announced = false;
    /** @type {Set<string>} Rows of an earlier page, which the server has not told again yet. */
    this.unconfirmed = new Set();
    /** @type {Set<string>} What has changed here since it was last kept for when there is no network. */
    this.unkept = new Set();
  }

  /** @returns {Row|undefined} */
  get(id) {
    this.changes.value;
    return this.rows.get(id);
  }

  /** @returns {Row[]} in no particular order */
  all() {
    this.changes.value;
    return [...this.rows.values()];
  }

  /** A page of REST: `seq` is what it was read at. */
  takePage(rows, seq) {
    for (const row of rows) this.take(row, seq);
  }

  /** A whole row, known at `seq`. */
  take(row, seq) {
    if ((this.known.get(row.id) ?? -1) > seq) return;
    this.put(row.id, { ...this.rows.get(row.id), ...row });
    this.known.set(row.id, seq);
    this.unconfirmed.delete(row.id);
  }

  /** An event's fields. Answers whether the row is whole now; if not, somebody must read it. */
  merge(id, fields, seq) {
    const row = this.rows.get(id);
    if ((this.known.get(id) ?? -1) >= seq) return true;
    // Of a row that is not there, or is as an earlier page has left it, some fields are not enough.
    if ((!row || this.unconfirmed.has(id)) && fields.id === undefined) return false;
    const older = row?.version !== undefined && fields.version !== undefined && fields.version <= row.version;
    if (!older) this.put(id, { ...row, ...fields });
    this.known.set(id, seq);
    this.unconfirmed.delete(id);
    return true;
  }

  /** What is shown of a row, whoever says so. */
  put(id, row) {
    this.rows.set(id, row);
    this.unkept.add(id);
    this.announce();
  }

  drop(id, seq) {
    this.known.set(id, seq);
    this.hide(id);
  }

  hide(id) {
    this.rows.delete(id);
    this.unconfirmed.delete(id);
    this.unkept.add(id);
    this.announce();
  }

  /** Rows that were kept from an earlier page: whatever the server says is newer. */
  restore(rows) {
    for (const row of rows) {
      this.rows.set(row.id, row);
      this.unconfirmed.add(row.id);
    }
    this.announce();
  }

  /** The server has told everything: what it has not told again is gone, or was not asked for. */
  dropUnconfirmed() {
    for (const id of [...this.unconfirmed]) this.hide(id);
  }

  /** Changes what rows show of something else, without being news of the rows themselves. */
  each(change) {
    for (const [id, row] of this.rows) {
      const next = change(row);
      if (next !== row) this.put(id, next);
    }
  }

  clear() {
    this.rows.clear();
    this.known.clear();
    this.unconfirmed.clear();
    this.unkept.clear();
    this.announce();
  }

  /** Many changes in one go are shown once. */
  announce() {
    if (this.announced) return;
    this.announced = true;
    queueMicrotask(() => {
      this.announced = false;
      this.changes.value += 1;
    });
  }
}
