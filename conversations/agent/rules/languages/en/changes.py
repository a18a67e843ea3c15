"""Shapes of English commands that change or make tasks, and words around them."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import (
    ALARM,
    EVENT,
    HAPPENING,
    OBJECT,
    THE,
    TIMER,
)
from conversations.agent.rules.marks import LENGTH, PRIORITY, WHEN, WORDS

_TO = r"(?:to|till|until|for|onto|on|as|at|into|so\s+it\s+goes\s+off|so\s+that\s+it\s+is|be|start|starting)"
_CHANGE = (
    r"(?:move|reschedule|shift|push(?:\s+(?:back|out|forward))?|postpone|delay|defer"
    r"|bring\s+forward|prepone|bump(?:\s+up)?|advance|change|update|modify|edit|alter|switch"
    r"|adjust|revise|correct|amend|re-?set|put\s+off|pull\s+forward|swap|copy|re-?do|extend"
    r"|repeat)"
)
_EDIT = (
    r"(?:change|update|modify|edit|alter|adjust|revise|amend|correct|reschedule|postpone|move"
    r"|delay|fix|repeat|shift|re-?name|prepone|push\s+back)"
)

_PARTS = rf"(?:the\s+)?(?:mornings?|afternoons?|evenings?|nights?|noon|{WHEN})"

# What one changes with one's hands: a task of its own, not a change to one.
_OF_THE_HOUSE = (
    rf"(?!(?:.*\b)?(?:{OBJECT}|{EVENT}|lists?|priority|due|deadline|title|date|time)\b)(?:{THE}(?:[\w'-]+\s+){{0,3}}?"
    r"(?:oil|sheets|bedding|bed\s+linen|light\s?bulbs?|bulbs?|filters?|tires?|tyres?|diapers?|nappy|nappies"
    r"|batter(?:y|ies)|litter|towels?|locks?|bandages?|strings|curtains|wipers?|clothes|brakes?|fuses?|water|spark\s+plugs?"
    r"|software|drivers?|firmware|web\s?site|spreadsheet|resume|cv|budget|blog|inventory|slides|report|passport)\b"
    r"|an?\s)"
)

UPDATE_FRAMES = (
    Frame(
        "update",
        r"(?:add|append|include|attach)\s+(?:(?:a\s+)?notes?\s+|.+?\s+)?(?:to|on|in)\s+(?:the|my|our|that"
        r"|this)\s+"
        r"(?P<ref>(?!to[\s-]?do\b)(?:[\w']+\s+){1,4}(?:reminder|task|alarm|timer))\s*(?:[:,-].*)?",
    ),
    Frame(
        "update",
        rf"(?:re-?set|switch)\s+(?:the|my|our|that|this)\s+(?P<ref>.*\b(?:{ALARM}|reminders?"
        rf"|{EVENT}))\s*(?:from\s*{WHEN}\s*)?"
        rf"(?:to|from|for|until)?\s*{WHEN}(?:\s+instead)?(?<!for\s)",
    ),
    Frame(
        "update",
        rf"(?:remind\s+(?:me|us)\s+(?:that\s+)?)?{THE}(?P<ref>(?:.*\b)?(?:{HAPPENING}|reminder|task|plan"
        rf"|timer|alarm|{WHEN})s?\b.*?)\s+"
        r"(?:has|have|is|are|was|were|got|needs|need|'s)\s+(?:to\s+be\s+|been\s+|now\s+)*(?:moved"
        r"|rescheduled|postponed"
        r"|pushed(?:\s+back)?|changed|delayed|shifted|brought\s+forward|switched)\b.*",
    ),
    Frame(
        "update",
        rf"(?:decrease|increase|reduce|extend|shorten|lengthen|cut|lower|prolong)\s+"
        rf"{THE}(?P<ref>.*\b{TIMER}\b.*?)\s*(?:by\s*)?"
        rf"{LENGTH}.*|(?:find|get|book)\s+(?:me\s+)?(?:a|an|the)\s+(?:new|different|other|another)\s+.+?\s+"
        rf"for\s+(?:the|my|our)"
        rf"\s*(?P<ref2>.*\b{EVENT}\b.*)",
    ),
    Frame(
        "create",
        rf"(?:update|fill|extend)\s+{THE}(?P<list>[\w\s'-]+?)?\s*list\s+with\s+(?P<title>.+)",
    ),
    Frame("update", rf"(?:make)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\s+(?:longer|shorter)\b.*", "timer"),
    Frame(
        "update",
        rf"(?:rename|retitle|relabel|re-name)\s+{THE}(?P<ref>.+?)\s+(?:to|as|into)\s+(?P<to>.+)",
        keeps_dates=True,
    ),
    Frame(
        "update",
        rf"(?:change|update|edit|set)\s+(?:the\s+)?(?:title|name|text"
        rf"|wording)\s+of\s+{THE}(?P<ref>.+?)\s+(?:to|into|as)\s+(?P<to>.+)",
        keeps_dates=True,
    ),
    Frame(
        "update",
        rf"(?:add|put|give)\s+(?:the\s+|a\s+)?(?:label|tag)s?\s+(?P<label>\w[\w-]*)\s+(?:to"
        rf"|on)\s+{THE}(?P<ref>.+)|(?:tag|label)\s+{THE}(?P<ref2>.+?)\s+(?:as"
        rf"|with)\s+(?P<label2>\w[\w-]*)",
    ),
    Frame(
        "update",
        rf"(?:make|set|mark|change|raise|lower|flag|give|move|bump|put)\s+{THE}(?:priority\s+(?:of"
        rf"|for)\s+)?{THE}(?P<ref>.+?)\s*(?:to|as|a|an|is)?\s*{PRIORITY}",
    ),
    Frame(
        "update",
        rf"(?:move|transfer|shift)\s+{THE}(?P<ref>{WORDS}+?)\s+(?:to|on|onto"
        rf"|into|in)\s+(?:the\s+|my\s+|our\s+)?(?P<list>[\w\s]+?)\s+list",
    ),
    Frame(
        "update",
        rf"(?:move|push|postpone|delay|shift|extend|put\s+off|bring\s+forward|advance"
        rf"|defer)\s+(?:back\s+|forward\s+|out\s+)?{THE}(?P<ref>.+?)\s+(?:(?:back|forward|out"
        rf"|up)\s+)?(?:by\s+|for\s+)?{LENGTH}(?:\s+(?:later|earlier|back|forward))?",
    ),
    Frame(
        "update",
        rf"(?:cancel|delete|remove)\s+{THE}(?P<ref>.+?)\s+and\s+(?:reschedule|move|reset|change"
        rf"|set)\s.*?{WHEN}",
    ),
    Frame(
        "create",
        rf"(?!.*\b(?:to|from)\s*{WHEN})(?P<title>(?:change|update|fix|adjust|edit|revise|correct)\s+{_OF_THE_HOUSE}.*)",
    ),
    Frame(
        "update",
        rf"{_CHANGE}\s+{THE}(?P<ref>.*\b(?:{OBJECT}|{EVENT})\b.*?)\s+(?:from\s+)?(?:{WHEN}\s+"
        rf")?{_TO}?\s*{WHEN}.*",
    ),
    Frame(
        "update",
        rf"(?!repeat\s|switch\s|copy\s"
        rf"|extend\s){_CHANGE}\s+(?>{THE})(?P<ref>(?:{WHEN}(?=\s*\w)|(?!{WHEN})).+?)\s*(?:from\s+)?(?:{WHEN}\s*)?{_TO}?\s*{WHEN}.*",
    ),
    Frame("create", rf"fix\s+an?\s+(?P<title>.*\b{EVENT}\b.*)"),
    Frame(
        "update", rf"{_EDIT}\s+{THE}(?P<ref>.*\b{OBJECT}\b.*?)\s+to\s+{_PARTS}(?:\s+(?:and|or)\s+{_PARTS})*"
    ),
    Frame(
        "update",
        rf"{_EDIT}\s+{THE}[a-z]+\s+reminder\s+(?:for|about|of)\s+{THE}(?P<ref>{WORDS}+)",
    ),
    Frame("update", rf"{_EDIT}\s+{THE}(?P<ref>.*\b(?:{OBJECT}|{EVENT})\b.*)"),
    Frame("update", rf"{_EDIT}\s+{THE}(?P<ref>.+?)\s+(?:to|into|from)\s+(?P<to>.+)", keeps_dates=True),
    Frame(
        "update",
        rf"(?:change|update|modify|reschedule|postpone|prepone|push\s+back|delay)\s+{THE}(?P<ref>.+)",
    ),
    Frame(
        "update",
        rf"(?:make|have)\s+(?:the|my|our|that|this)\s+(?P<ref>.*\b{OBJECT})\s+(?:now\s+)?(?:{WHEN}"
        rf"|an?\s+{WHEN}\s*{OBJECT}|{LENGTH}).*",
    ),
    Frame(
        "update",
        rf".*\b{OBJECT}\b.*\b(?:(?:needs?\s+to\s+be\s+)?changed)\s+(?:from\s+.*\s+)?to\b.*"
        rf"|.*,\s*(?:can\s+you\s+|please\s+)?(?:change|update|move)\s+(?:it|the\s+{OBJECT})\s+.*",
    ),
    Frame(
        "update",
        rf"remind\s+me\s+(?:about"
        rf"|of)\s+{THE}(?P<ref>{WORDS}+?)\s+{WHEN}\s+instead\s+of\s+{WHEN}",
    ),
)
