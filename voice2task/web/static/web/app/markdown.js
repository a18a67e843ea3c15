// What a model writes, as it is meant to look: Markdown, of which only harmless HTML is left.
import { marked } from "../vendor/marked.js";
import "../vendor/purify.js";

const purify = globalThis.DOMPurify;
// No images: a model that was talked into it could tell a stranger's server things by an image's address.
const ALLOWED = {
  ALLOWED_TAGS: ["p", "br", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "hr"],
  ALLOWED_ATTR: ["href", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
};

purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer nofollow");
});

/** @param {string} text @returns {string} HTML that may be shown */
export const toHtml = (text) => purify.sanitize(marked.parse(text, { gfm: true, breaks: true, async: false }), ALLOWED);
