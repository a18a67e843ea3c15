// The REST door: the session's cookie, the CSRF token, one kind of error.

const ROOT = "/api/v1/";

/** A refusal of the server, by its stable `code`; `offline` if it was not reached at all. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {string|null} field @param {any} extra */
  constructor(status, code, message, field = null, extra = null) {
    super(message);
    Object.assign(this, { status, code, field, extra });
  }
}

/** Called when the server does not know us any more. Set by `session.js`. */
export const onSignedOut = { call: () => {} };

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/**
 * One request. Answers the JSON of the answer, or null if it has none.
 * @param {string} method @param {string} path below /api/v1/, or beginning with a slash
 * @param {any} [body] JSON, or FormData @param {Record<string, string>} [headers]
 */
export async function request(method, path, body, headers = {}) {
  if (lastPath && path !== lastPath) throw new ApiError(0, "offline", "offline");
  const url = path.startsWith("/") ? path : ROOT + path;
  const form = body instanceof FormData;
  const options = { method, headers: { Accept: "application/json", ...headers }, credentials: "same-origin" };
  if (method !== "GET") options.headers["X-CSRFToken"] = cookie("csrftoken");
  if (body !== undefined) {
    options.body = form ? body : JSON.stringify(body);
    if (!form) options.headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await sent(url, options);
  } catch {
    throw new ApiError(0, "offline", "offline");
  }
  if (response.ok) return response.status === 204 ? null : response.json().catch(() => null);
  throw await refusal(response, path);
}

/** What is under way: an answer each, with what ends the wait for it if nothing is changed by it. */
const underWay = new Map();
let lastPath = null;

async function sent(url, options) {
  const reading = options.method === "GET" ? new AbortController() : null;
  const answer = fetch(url, { ...options, signal: reading?.signal });
  underWay.set(answer, reading);
  try {
    return await answer;
  } finally {
    underWay.delete(answer);
  }
}

/**
 * Do what ends with `path` as the last request of this user: nothing else is asked from now on, what is being read is
 * not waited for, and what is being changed is.
 * @param {string} path @param {() => Promise<void>} work
 */
export async function lastly(path, work) {
  lastPath = path;
  try {
    for (const reading of underWay.values()) reading?.abort();
    await Promise.allSettled([...underWay.keys()]);
    await work();
  } finally {
    lastPath = null;
  }
}

async function refusal(response, path) {
  const told = await response.json().catch(() => null);
  const first = told?.errors?.[0] ?? { code: `http_${response.status}`, detail: response.statusText, attr: null };
  if (response.status === 401 && !path.startsWith("auth/")) onSignedOut.call();
  return new ApiError(response.status, first.code, first.detail, first.attr, told?.extra ?? null);
}

export const get = (path) => request("GET", path);
export const post = (path, body = {}, headers) => request("POST", path, body, headers);
export const patch = (path, body, headers) => request("PATCH", path, body, headers);
export const remove = (path) => request("DELETE", path);

/** A POST that is done once, however often it has to be tried. */
export async function postOnce(path, body = {}) {
  const headers = { "Idempotency-Key": crypto.randomUUID?.() ?? String(Math.random()) };
  try {
    return await post(path, body, headers);
  } catch (error) {
    if (error.code !== "offline") throw error;
    await new Promise((resolve) => setTimeout(resolve, 700));
    return post(path, body, headers);
  }
}

/**
 * All pages of a list, one after another.
 * @param {string} path @param {(page: {results: any[], seq: number}) => void} take
 */
export async function eachPage(path, take) {
  let next = path;
  while (next) {
    const page = await get(next);
    take(page);
    next = page.next ? page.next.slice(page.next.indexOf(ROOT) + ROOT.length) : null;
  }
}
