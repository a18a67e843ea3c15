"""Shapes of English commands about tasks that exist: reopen, complete, delete."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import CALENDAR, EVENT, HAPPENING, LIST, OBJECT, TASK, THE
from conversations.agent.rules.marks import DEADLINE, PLAIN, WHEN, WORDS

_PRIORITY = (
    Frame(
        "update",
        rf"(?:change|set|make|raise|lower|update|put)\s+(?:the\s+)?priority\s+(?:of|for"
        rf"|on)\s+{THE}(?P<ref>.+?)\s+(?:to|as)\s+(?P<level>\w+)",
    ),
    Frame(
        "update",
        r"(?:make|mark|flag|set)\s+(?:the|my|that|this"
        r"|it)\b\s*(?P<ref>.*?)\s*(?:as\s+)?(?P<level>urgent|important|critical)",
    ),
    Frame(
        "update",
        rf"(?:set|change|move)\s+(?:the\s+)?(?:due\s+date|deadline|date)\s+(?:of"
        rf"|for)\s+{THE}(?P<ref>.+?)\s+(?:to|on|for)?\s*{WHEN}",
    ),
    Frame(
        "update",
        rf"(?:set|change|move)\s+{THE}(?P<ref>.+?)(?:'s)?\s+(?:due\s+date|deadline)\s+(?:to|on"
        rf"|for)?\s*{WHEN}",
    ),
)

_REOPEN = (
    Frame(
        "reopen",
        rf"(?:re-?open|un-?check|un-?complete|un-?mark|un-?do|un-?tick|reactivate)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "reopen",
        rf"mark\s+{THE}(?P<ref>.+?)\s+(?:as\s+)?(?:not\s+(?:done|finished|complete|completed)"
        rf"|un(?:done|finished)|incomplete|open|to\s+do|todo)(?:\s+again)?",
    ),
    Frame(
        "reopen",
        rf"{THE}(?P<ref>.+?)\s+(?:isn't|is\s+not|wasn't|was\s+not)\s+(?:done|finished|complete"
        rf"|completed)(?:\s+(?:yet|after\s+all))?",
    ),
)

_DONE = r"(?:done|complete|completed|finished|over|closed|ticked|checked(?:\s+off)?|bought|purchased)"
_FROM_LIST = rf"(?:\s+(?:from|on|off|of|in)\s+(?:of\s+)?(?:{LIST}|{THE}to[\s-]?dos?))"
_COMPLETE = (
    Frame(
        "complete",
        rf"(?:check|tick|cross|strike|mark)(?:\s+(?:off|out))?\s+{THE}(?P<ref>.+?){_FROM_LIST}"
        rf"|(?:complete|finish|close)\s+{THE}(?:{TASK}\s+)?(?P<ref2>.+?){_FROM_LIST}"
        rf"|(?:check|tick)\s+{THE}(?P<ref3>.+?)\s+off{_FROM_LIST}?",
    ),
    Frame(
        "complete",
        rf"(?:mark|set|check|tick|flag|put|move)\s+(?:off\s+)?{THE}(?P<ref>.+?)\s+(?:as\s+|to\s+"
        rf"|off\s+as\s+)?{_DONE}",
    ),
    Frame(
        "complete",
        rf"(?:check|tick|cross|strike)\s+(?:off|out)\s+{THE}(?P<ref>.+)|(?:check|tick|cross|strike"
        rf"|checkoff)\s+{THE}(?P<ref2>.+?)\s+(?:off|out)(?:\s+.*)?",
    ),
    # what is shut rather than finished, at a time: without one a home obeys it
    Frame(
        "create",
        rf"(?P<title>close\s+{THE}(?:[\w'-]+\s+){{0,2}}?(?:curtains|blinds|windows?|doors?|garage|gates?|shutters|shop|store"
        r"|pool|account|umbrella|vents?|valves?|taps?)\b.*)",
    ),
    Frame("complete", rf"(?:complete|close)\s+{THE}(?:{TASK}\s+)?(?P<ref>.+)"),
    Frame("complete", rf"(?:mark)\s+(?:off\s+)?{THE}(?P<ref>{PLAIN}+?)"),
    Frame("complete", rf"finish\s+(?:off\s+)?(?:the|that|this|it)\b\s*(?P<ref>{WORDS}*)"),
    Frame(
        "complete",
        rf"(?:i\s+am\s+|i'm\s+|we're\s+|i\s+have\s+|i've\s+|all\s+)?(?:already\s+|just\s+)?(?:done"
        rf"|finished|through)\s+(?:with\s+)?{THE}(?:{TASK}\s+)?(?P<ref>.+)",
    ),
    Frame(
        "complete", rf"already\s+(?:complete|completed|did|finish|finished|bought|made)\s+{THE}(?P<ref>.+)"
    ),
    Frame(
        "complete",
        rf"(?:i|we)(?:\s+have|'ve)?(?:\s+(?:already|just|now|finally))*\s+(?:(?!need)(?:[a-z]+ed|bought"
        rf"|did|done|made|sent|paid|wrote|written|took|taken|got|gotten|read|met|went|fed|had(?!\s+an?\b)|put|built"
        rf"|sold|told|found|left|gave|brought|fixed)(?:\s+(?:up|out|off|in|back))?)\s+"
        rf"(?:with\s+)?{THE}(?P<ref>{WORDS}+)",
    ),
    Frame(
        "complete",
        rf"(?!(?:what|how|when|where|who|which|why|if)\b){THE}(?P<ref>.+?)\s+(?:is|are|has\s+been|have\s+been|was|were|got|'s|finished)\s+(?:all\s+"
        rf"|already\s+|now\s+)?{_DONE}(?:\s+.*)?",
    ),
    Frame("complete", rf"{THE}(?P<ref>.+?\b{TASK})\s+(?:finished|done|completed)"),
)

_OFF = (
    r"(?:from|off(?:\s+of)?|on|in|out\s+of)\s+(?:(?:the|my|our|\w+'s|today's|this)\s+)*"
    rf"(?:\w+\s+)?{CALENDAR}\b"
)
_REMOVE = (
    r"(?:go\s+ahead\s+and\s+|you\s+can\s+|just\s+)?(?:delete|remove|erase|trash|thrash|cancel|clear|take"
    r"|drop|scrap|scratch"
    r"|get\s+rid\s+of|strike|pull|wipe|eliminate|cross|discard|kill|ax|axe|nix)"
)
_DELETE = (
    Frame("delete", rf"{_REMOVE}\s+(?:off\s+)?{THE}(?P<ref>.+?)\s+(?:that\s+(?:is|are)\s+)?{_OFF}.*"),
    Frame("delete", rf"{_REMOVE}\s+{_OFF}\s*(?:my\s+|the\s+|an?\s+)?(?P<ref>.+)"),
    Frame(
        "delete",
        rf"(?:remind\s+(?:me|us)\s+(?:that\s+)?)?{THE}(?P<ref>.*\b(?:{HAPPENING}|reminder|task"
        rf"|plan)s?\b.*?)\s+"
        rf"(?:has|have|is|are|was|were|got|'s)\s+(?:been\s+)?(?:cancell?ed|called\s+off|scrapped)\b.*",
    ),
    Frame(
        "delete",
        rf"(?:clear|clear\s+out|empty|wipe|clean|free\s+up|thrash)\s+(?:out\s+|up\s+|off\s+"
        rf")?{THE}(?P<ref>(?:\w+\s+)?(?:.*\b)?"
        rf"(?:{CALENDAR}|{EVENT}s?|activit(?:y|ies)|plans?|lists?)\b.*)",
    ),
    Frame(
        "delete",
        r"(?:turn|shut|switch)\s+off?\s+(?P<ref>.*\b(?:reminders?|tasks?|notifications?|meetings?|events?"
        r"|appointments?)\b.*)"
        rf"|(?:skip|lose|no\s+more|never\s?mind(?:\s+(?:on|about))?|do\s+without)\s+"
        rf"{THE}(?P<ref2>.*\b(?:{OBJECT}|{EVENT})\b.*)|removal\s+(?:of\s+)?{THE}(?P<ref3>.+)",
    ),
    Frame("delete", r"(?:delete|remove|erase)"),
    # as it is misheard, or told rather than asked
    Frame(
        "delete",
        rf"(?:deleted|delight|cancell?ed|counsel|council|removed|removes|erased)\s+{THE}(?P<ref>.*\b(?:{OBJECT}|{EVENT}|lists?)\b.*)",
    ),
    Frame(
        "delete",
        r"(?:[\w\s',]{1,60}?,\s*|so\s+)(?:so\s+|please\s+|then\s+|and\s+)*(?:delete|remove|cancel|erase)\s+"
        r"(?:the\s+|my\s+)?(?P<ref>.+)",
    ),
    Frame(
        "delete",
        rf"(?:i\s+|we\s+)?(?:do\s+not|don't|dont|no\s+longer)\s+(?:need|want)\s+{THE}(?P<ref>.*\b(?:lists?"
        rf"|{EVENT}|{CALENDAR})\b.*?)"
        r"(?:\s+any\s?more)?",
    ),
    Frame(
        "update",
        rf"(?:remove|clear|delete|drop|take\s+away)\s+(?:the\s+)?(?:(?P<clear>due\s+date|date|deadline"
        rf"|time|due)|(?P<clear_rrule>repeat|recurrence|repetition))\s+(?:from|of|off|for)\s+"
        rf"{THE}(?P<ref>.+)",
    ),
    Frame("create", rf"(?P<title>(?:cancel|remove|clear|drop|delete)\s+{WORDS}+?)\s+{DEADLINE}"),
    Frame(
        "delete",
        rf"(?:take|get|pull|cross|strike|scratch|remove|delete|erase"
        rf"|cancel)\s+{THE}(?P<ref>.+?)\s+(?:off|out|from)(?:\s+of)?\s+{LIST}",
    ),
    Frame(
        "delete",
        rf"(?:to[\s-]?do|shopping|grocery|{THE}(?P<list>\w+))\s+list\s*,?\s+(?:delete|remove"
        rf"|erase)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "delete",
        rf"(?:go\s+ahead\s+and\s+|you\s+can\s+|just\s+)?(?:delete|remove|erase|trash|get\s+rid\s+of"
        rf"|cancel|discard|scrap|destroy|eliminate|wipe(?:\s+out)?|throw\s+(?:away|out)|bin|dump"
        rf"|drop(?!\s+off)|forget\s+about|forget|disable|deactivate|disregard|ditch|unset|nix|abort|void"
        rf"|rid)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "delete",
        rf"(?:clear|stop|end|kill|dismiss|clean\s+(?:out|up)|empty|take\s+off|take\s+away|quit"
        rf"|reset(?!.*\b(?:to|at|until|till)\s*{WHEN}))\s+(?:out\s+)?{THE}(?P<ref>.*\b(?:{OBJECT}"
        rf"|lists?)\b.*)",
    ),
    Frame(
        "delete",
        r"(?:stop|quit)\s+reminding\s+me\s+(?:to|about|of|that)?\s*(?P<ref>.+)|(?:do\s+not|don't"
        r"|no\s+need\s+to|you\s+don't\s+(?:need|have)\s+to)\s+remind\s+me\s+(?:to|about|of"
        r"|that)?\s*(?P<ref2>.+)",
    ),
    Frame(
        "delete",
        rf"(?:i\s+)?(?:no\s+longer|don'?t|do\s+not|won't)\s+(?:need"
        rf"|want)\s+(?:to\s+be\s+reminded\s+(?:of|about|to)\s+(?P<ref>.+)"
        rf"|{THE}(?P<ref2>.*\b{OBJECT}\b.*?)(?:\s+anymore|\s+any\s+more)?)",
    ),
)

FRAMES = (*_PRIORITY, *_REOPEN, *_COMPLETE, *_DELETE)
