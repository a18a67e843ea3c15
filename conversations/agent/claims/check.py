"""Which sentences of a reply claim a change that nothing shows to have been made.

A sentence is cut into clauses. A clause that denies, offers, asks or reports claims nothing. In others, forms
of words that claim are looked up in the table of the reply's language, each with the kinds of activity that
make it true; then the tasks named and the numbers said are compared with those activities.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from conversations.agent.claims.languages import WORDINGS
from conversations.agent.claims.operations import ANY, OUTWARD, supports
from conversations.agent.claims.wording import Wording

# Longer replies are no replies; what stands beyond this is not looked at.
LONGEST_TEXT = 20_000
# Two names are the same from this likeness on (0 to 100), two words from that.
SAME_NAME = 60.0
SAME_WORD = 75.0
SAME_BEGINNING = 4

_QUOTED = re.compile(
    '[“„"«‹]\\s?([^“”„"«»‹›\n]{1,300})\\s?[”“"»›]|\\*\\*([^*\n]{1,300})\\*\\*|`([^`\n]{1,300})`'
    "|(?<!\\w)[‘']([^‘’'\n]{2,300})[’'](?!\\w)"
)
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…](?=\w)[^.!?…\n]*)*[.!?…]*\n?")
_CLAUSE = re.compile(
    r"[;—–]|\s-\s|,?\s+(?:but|however|aber|jedoch|mais|pero|sin embargo)\s|,\s+(?:so|donc|así)\s"
)
_BULLET = re.compile(r"\s*(?:[-*•·✓✔☑✅]|\d{1,2}[.)])\s+(.*)")
_BEFORE_WORDS = re.compile(r"^[^\w⟦]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ITEMS = re.compile(r",|\b(?:and|und|et|y|e)\b|&")
_LEAD = re.compile(
    r"^(?:(?:ok|okay|sure|great|alright|perfect|got it|no problem|of course|alles klar|klar|super|gut|prima"
    r"|gerne"
    r"|parfait|très bien|d'accord|bien sûr|entendu|perfecto|claro|vale|de acuerdo|muy bien|oui|ja|yes|sí)"
    r"[\s,!.:]+)+"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A committed activity: its kind, the title or name of its subject, and fields as they are now."""

    kind: str
    name: str
    after: Mapping[str, Any]


def unsupported_claims(
    text: str, receipts: Sequence[Receipt], *, seen: Sequence[str] = (), language: str = ""
) -> list[str]:
    """The sentences of `text` that claim a change without a receipt, as they stand in the text.

    `seen` are titles that tools have shown: a state of one of these is no claim. `language`, an IETF tag,
    decides only where the words do not.
    """
    judges = [_Judge(wording, receipts, seen) for wording in _languages_of(text, language)]
    found: list[str] = []
    listing = False
    for sentence in _sentences(text[:LONGEST_TEXT]):
        bullet = _BULLET.match(sentence)
        if listing and bullet:
            wrong = not any(judge.knows(bullet[1]) for judge in judges)
        else:
            wrong = any(judge.disbelieves(sentence) for judge in judges)
            listing = sentence.rstrip().endswith(":") and any(judge.claims(sentence) for judge in judges)
        if wrong:
            found.append(sentence.strip())
    return found


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            yield match[0]


def _languages_of(text: str, hint: str) -> list[Wording]:
    """The wordings whose small words the text uses most, or all where it uses none; the hint breaks ties."""
    words = set(_WORD.findall(_QUOTED.sub(" ", text).lower().replace("’", "'")))
    parts = words | {part for word in words for part in word.split("'")}
    scores = {wording.code: len(parts & wording.words) for wording in WORDINGS}
    best = max(scores.values())
    chosen = [wording for wording in WORDINGS if scores[wording.code] == best]
    hinted = [wording for wording in chosen if wording.code == hint.partition("-")[0].lower()]
    return hinted if hinted and best > 0 else chosen


@cache
def _patterns(code: str) -> Mapping[str, re.Pattern[str]]:
    return next(wording for wording in WORDINGS if wording.code == code).compiled()


@cache
def _claims(code: str) -> Sequence[tuple[frozenset[str], re.Pattern[str]]]:
    wording = next(wording for wording in WORDINGS if wording.code == code)
    return [(kinds, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for kinds, pattern in wording.claims]


class _Judge:
    """One language's view of one reply."""

    def __init__(self, wording: Wording, receipts: Sequence[Receipt], seen: Sequence[str]) -> None:
        self._wording = wording
        self._patterns = _patterns(wording.code)
        self._receipts = receipts
        self._seen = seen

    def disbelieves(self, sentence: str) -> bool:
        if sentence.rstrip().rstrip("\"”»'").endswith("?"):
            return False
        return any(self._disbelieves(clause, names) for clause, names in _clauses(sentence))

    def claims(self, sentence: str) -> bool:
        return any(list(self._claimed(clause, names)) for clause, names in _clauses(sentence))

    def knows(self, name: str) -> bool:
        """Whether a receipt is about what is called so."""
        return any(_alike(name, known) for known in self._names(self._receipts))

    def _disbelieves(self, clause: str, names: Sequence[str]) -> bool:
        return any(self._unsupported(kinds, clause, names) for kinds in self._claimed(clause, names))

    def _claimed(self, clause: str, names: Sequence[str]) -> Iterator[frozenset[str]]:
        """The kinds that would make each claim of a clause true."""
        patterns = self._patterns
        said = _LEAD.sub("", _BEFORE_WORDS.sub("", clause))
        opening = patterns["openings"].match(said)
        # Most clauses end here: what would take the claim back need not be looked for.
        if opening is None and patterns["claim"].search(said) is None:
            return
        if patterns["denials"].search(clause) or patterns["offers"].search(clause):
            return
        personal = patterns["first_person"].search(clause) is not None
        if patterns["reports"].search(clause) and not personal:
            return
        clause = said
        if opening:
            yield ANY
            clause = clause[opening.end() :]
        outward = patterns["calendar"].search(clause) is not None
        for kinds, pattern in _claims(self._wording.code):
            for match in pattern.finditer(clause):
                before = clause[: match.start()]
                if patterns["by_user"].search(before) or patterns["later"].search(before):
                    continue
                if self._is_state_of_seen(clause, names, personal=personal):
                    continue
                yield OUTWARD if outward and "task.created" in kinds else kinds

    def _is_state_of_seen(self, clause: str, names: Sequence[str], *, personal: bool) -> bool:
        """Whether a clause may describe what a tool has shown, rather than what was done."""
        now = re.search(r"\b(?:now|jetzt|nun|maintenant|désormais|ahora)\b", clause)
        passive = re.search(
            r"\b(?:been|was|were|wurden?|worden|été|sido|se\s+ha|marked|marcad\w+|abgehakt|cochée?s?)\b",
            clause,
        )
        if personal or now or passive or not names:
            return False
        return all(any(_alike(name, seen) for seen in self._seen) for name in names)

    def _unsupported(self, kinds: frozenset[str], clause: str, names: Sequence[str]) -> bool:
        receipts = [receipt for receipt in self._receipts if supports(receipt.kind, kinds)]
        if not receipts:
            return True
        if self._counts_more(clause, receipts):
            return True
        if kinds == OUTWARD:
            # Workflows have names of their own, which no reply uses.
            return False
        known = list(self._names(self._receipts))
        if names:
            return not all(any(_alike(name, one) for one in known) for name in names)
        # "Done" need not name anything.
        return kinds != ANY and not self._mentions(clause, known)

    def _counts_more(self, clause: str, receipts: Sequence[Receipt]) -> bool:
        done = len({receipt.name for receipt in receipts})
        for match in self._patterns["count"].finditer(clause):
            count = self._wording.numbers.get(match[1]) or int(match[1])
            if count > done:
                return True
        return False

    def _mentions(self, clause: str, known: Sequence[str]) -> bool:
        """Whether what an unquoted clause names is among what was done; so it is if it names nothing."""
        listed = clause.partition(":")[2]
        items = _ITEMS.split(listed) if listed.strip() else [clause]
        vocabulary = {word for name in known for word in _words(name)}
        return all(self._mentioned(item, vocabulary) for item in items)

    def _mentioned(self, item: str, vocabulary: set[str]) -> bool:
        for _, pattern in _claims(self._wording.code):
            item = pattern.sub(" ", item)
        said = (part for word in _WORD.findall(item) for part in word.split("'"))
        words = [word for word in said if word not in self._wording.empty and len(word) > 1]
        folded = {part for word in words for part in _words(word)}
        if not folded:
            return True
        return any(_same_word(word, other) for word in folded for other in vocabulary)

    @staticmethod
    def _names(receipts: Iterable[Receipt]) -> Iterator[str]:
        for receipt in receipts:
            if receipt.name:
                yield receipt.name
            for value in receipt.after.values():
                for text in value if isinstance(value, list) else [value]:
                    if isinstance(text, str):
                        yield text


def _clauses(sentence: str) -> Iterator[tuple[str, list[str]]]:
    """Each clause in lower case without what is quoted in it, and that."""
    quoted: list[str] = []

    def keep(match: re.Match[str]) -> str:
        quoted.append(next(filter(None, match.groups())))
        return f" ⟦{len(quoted) - 1}⟧ "

    bare = _QUOTED.sub(keep, sentence).replace("’", "'").lower()
    for clause in _CLAUSE.split(bare):
        names = [quoted[int(number)] for number in re.findall(r"⟦(\d+)⟧", clause)]
        yield re.sub(r"⟦\d+⟧", "⟦⟧", clause), names


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", _fold(text)) if len(word) > 1]


def _alike(name: str, other: str) -> bool:
    one, two = " ".join(_words(name)), " ".join(_words(other))
    if not one or not two:
        return name.strip().casefold() == other.strip().casefold()
    return one in two or two in one or fuzz.token_set_ratio(one, two) >= SAME_NAME


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SAME_BEGINNING:
        return False
    return one[:SAME_BEGINNING] == other[:SAME_BEGINNING] or fuzz.ratio(one, other) >= SAME_WORD
