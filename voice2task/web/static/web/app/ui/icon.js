// Icons, drawn by strokes on a grid of 24.
import { html } from "../lib.js";

const PATHS = {
  mic: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11a7 7 0 0 0 14 0M12 18v3",
  send: "M5 12h14M13 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  close: "M6 6l12 12M18 6 6 18",
  talk: "M4 5h16v11H9l-5 4z",
  today: "M5 5h14v15H5zM5 9h14M9 3v4M15 3v4M9 14l2 2 4-4",
  upcoming: "M5 5h14v15H5zM5 9h14M9 3v4M15 3v4M8 13h3M8 16h6",
  list: "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
  board: "M4 4h5v16H4zM10 4h4v10h-4zM15 4h5v13h-5z",
  inbox: "M4 13 7 5h10l3 8v6H4zM4 13h5l1 3h4l1-3h5",
  feed: "M3 12h4l3-8 4 16 3-8h4",
  settings: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4 4",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  plus: "M12 5v14M5 12h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  undo: "M9 5 4 10l5 5M4 10h10.5a5 5 0 0 1 0 10H11",
  check: "m5 12 5 5 9-10",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  repeat: "M5 10a7 7 0 0 1 12-3l2 2M19 5v4h-4M19 14a7 7 0 0 1-12 3l-2-2M5 19v-4h4",
  flag: "M6 21V4h12l-3 4 3 4H6",
  more: "M5 12h.5M12 12h.5M19 12h.5",
  back: "M15 5l-7 7 7 7",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4l3 2",
  label: "M4 4h8l8 8-8 8-8-8zM8 8h.5",
  tool: "M14 6a4 4 0 0 0-5 5L4 16l4 4 5-5a4 4 0 0 0 5-5l-3 3-3-3z",
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  chevron: "M9 6l6 6-6 6",
  grip: "M9 6h.5M15 6h.5M9 12h.5M15 12h.5M9 18h.5M15 18h.5",
  speak: "M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18 6a8 8 0 0 1 0 12",
  moon: "M20 14A8 8 0 1 1 10 4a6 6 0 0 0 10 10Z",
};

/** @param {{name: keyof typeof PATHS, size?: number}} given */
export function Icon({ name, size = 20 }) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}
