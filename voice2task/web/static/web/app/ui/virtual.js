// Long lists, of which only what can be seen is in the page.
import { html, useLayoutEffect, useMemo, useRef, useState } from "../lib.js";

const AHEAD = 400;

/**
 * Rows of known heights in a box that scrolls.
 * @param {{rows: any[], heightOf: (row: any) => number, keyOf: (row: any) => string, children: (row: any, index: number) => any,
 *   label: string, className?: string}} given
 */
export function Virtual({ rows, heightOf, keyOf, children, label, className = "" }) {
  const box = useRef(null);
  const [seen, setSeen] = useState({ from: 0, until: 1200 });
  const tops = useMemo(() => {
    const sums = [0];
    for (const row of rows) sums.push(sums[sums.length - 1] + heightOf(row));
    return sums;
  }, [rows]);
  useLayoutEffect(() => {
    const element = box.current;
    let frame = 0;
    const look = () => {
      frame = 0;
      const { scrollTop, clientHeight } = element;
      // In steps, so that scrolling a little draws nothing anew.
      const from = Math.floor((scrollTop - AHEAD) / 200) * 200;
      setSeen((before) => (before.from === from && before.height === clientHeight ? before : { from, until: from + clientHeight + 2 * AHEAD + 200, height: clientHeight }));
    };
    const ask = () => (frame ||= requestAnimationFrame(look));
    const watcher = new ResizeObserver(ask);
    watcher.observe(element);
    element.addEventListener("scroll", ask, { passive: true });
    look();
    return () => {
      watcher.disconnect();
      element.removeEventListener("scroll", ask);
      cancelAnimationFrame(frame);
    };
  }, []);
  const first = Math.max(0, indexAt(tops, seen.from));
  const last = Math.min(rows.length, indexAt(tops, seen.until) + 1);
  return html`<div class=${`scroll ${className}`} ref=${box}>
    <div role="list" aria-label=${label} class="tall" style=${{ height: `${tops[rows.length]}px` }}>
      ${rows.slice(first, last).map((row, index) => html`<div role="listitem" key=${keyOf(row)} class="slot" aria-setsize=${rows.length} aria-posinset=${first + index + 1}
        style=${{ transform: `translateY(${tops[first + index]}px)`, height: `${heightOf(row)}px` }}>${children(row, first + index)}</div>`)}
    </div>
  </div>`;
}

/** The last row that begins at `y` or above. */
function indexAt(tops, y) {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Arrow keys go from row to row: to the next element that is marked by `data-stop`. */
export function onArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const stops = [...event.currentTarget.querySelectorAll("[data-stop]")].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const at = stops.findIndex((stop) => stop === document.activeElement || stop.closest("[role=listitem]")?.contains(document.activeElement));
  const next = stops[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
