"""Rich text that other programs keep as HTML, as the Markdown that notes are."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"}
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
_SILENT = frozenset({"script", "style"})
_TAG = re.compile(r"<(?:/|!--)?[a-zA-Z][^>]*>")


def as_markdown(text: str) -> str:
    """The text in Markdown if it is HTML; as it is if it is not."""
    if not _TAG.search(text):
        return text
    writer = _Writer()
    writer.feed(text)
    writer.close()
    written = re.sub(r"[ \t]+\n", "\n", "".join(writer.pieces))
    return re.sub(r"\n{3,}", "\n\n", written).strip()


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n\n" + ("#" * int(tag[1]) + " " if re.fullmatch(r"h\d", tag) else ""))
        elif tag == "li":
            checked = given.get("data-checked")
            box = "" if checked is None else "[x] " if checked == "true" else "[ ] "
            self.pieces.append(f"\n- {box}")
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "a":
            self._links.append(given.get("href") or "")
            self.pieces.append("[")
        else:
            self.pieces.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "a" and self._links:
            self.pieces.append(f"]({self._links.pop()})")
        elif tag in _BLOCKS:
            self.pieces.append("\n\n")
        else:
            self.pieces.append(_MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
