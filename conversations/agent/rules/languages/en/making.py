"""Shapes of English commands that make tasks, alarms, timers, lists and entries of a calendar."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import (
    ALARM,
    CALENDAR,
    DET,
    HAPPENING,
    OBJECT,
    TASK,
    THE,
    TIMER,
)
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_MAKE = (
    r"(?:set|create|make|add|append|insert|schedule|give|need|want|wants|have|start|begin|put|book"
    r"|get|establish|enter|new|use|run|activate|turn\s+on|enable|program|place|compose|record|plan"
    r"|arrange|setup|i'd\s+like|would\s+like|include|input|write|hear|re-?add|re-?create|do|fix|send"
    r"|play|turn\s+on|setting|sent|sat|said)"
)
_ENTER = (
    r"(?:(?:i|we|i'll|i'd)\s+)?(?:want\s+to\s+|need\s+to\s+|also\s+|just\s+)*(?:add|put|place|stick|enter"
    r"|insert|set|schedule|mark"
    r"|note|write|book|create|include|get|pencil|block|log|record|post|save|mention|make|need|want"
    r"|have)(?:\s+(?:in|down|up|me|us))?"
)
_IN_CALENDAR = (
    rf"(?:to|on|in|onto|into|for)\s+(?:(?:the|my|our|your|\w+'s)\s+(?:\w+\s+)?{CALENDAR}"
    r"|(?:calendar|agenda|diary|planner))\b"
)
_LIST_WORD = r"(?!(?:in|on|to|my|the|into|onto|our)\b)[\w'-]+"
_LIST_NAME = rf"(?:{_LIST_WORD}\s+){{0,3}}?{_LIST_WORD}?"
CREATE_FRAMES = (
    Frame(
        "create",
        rf"(?:send|give)\s+(?:an?\s+|the\s+)?{TASK}\s+to\s+(?:my\s+|the\s+)?\w+\s+(?:about|to|that|of"
        rf"|regarding)\s+(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:give|shoot|send|drop)\s+(?:me|us)\s+(?:a|an)\s+(?:buzz|shout|nudge|heads[\s-]?up|ping|poke"
        r"|holler|warning|prod)\b\s*"
        r"(?:to|about|that|when|for|of)?\s*(?P<title>.*)",
    ),
    Frame(
        "create",
        rf"(?!.*\bif\b|(?:set|send|create|make|add|give|please|can|have|you)\b)(?P<title>.+?)\s*[,.]?\s+"
        rf"(?:please\s+)?(?:alert|remind|ping|notify|nudge)\s+me(?:\s+(?:about|of)\s+(?:it|this|that))?"
        rf"\s*(?:{WHEN})?",
    ),
    Frame("create", rf"{_ENTER}\s+{DET}(?P<title>.+?)\s+{_IN_CALENDAR}(?P<rest>.*)"),
    Frame("create", rf"{_ENTER}\s*{WHEN}?\s*{_IN_CALENDAR}[\s:,]*{DET}(?P<title>.+)"),
    Frame("create", rf"{_ENTER}\s+(?:to|on)\s+(?:my|the)\s*{WHEN}\s*{CALENDAR}[\s:,]*{DET}(?P<title>.+)"),
    Frame(
        "create",
        rf"(?P<title>.*?)\s*\b(?:(?:please|can\s+you|so|and)\s+)*(?:mark|block|update)\s+(?:(?:off|out|it\s+"
        rf"on)\s+)?"
        rf"(?:my|the)\s+{CALENDAR}(?:\s+(?:for|with|as|that|accordingly))?\s*(?P<title2>.*)",
    ),
    Frame(
        "create",
        rf"(?!.*\b{OBJECT}\b){_ENTER}\s+{DET}(?:calendar\s+)?(?:events?|entry)\s+(?:for|called|named|titled"
        rf"|about|of|that|with\s+the\s+title)\b"
        r"\s*(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:(?:i|we)\s+)?(?:would\s+|'d\s+|will\s+)?(?:need|want|like|love|have)?\s*(?:to\s+)?be\s+"
        r"(?:reminded|notified|alerted"
        r"|told|informed|warned)\s+(?:to|about|of|that|when|before)\s+(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?!i\b|we\b).{1,40}?\bneeds?\s+(?:to\s+be\s+)?(?:reminded|reminding)\s+(?:to|about|of|that)\s+"
        r"(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"(?:give|tell|make|get|take|weak|wait|woke|walk|week|waken|awake)\s+(?:me|us)\s+(?:up"
        rf"|app)\b\s*(?:{WHEN}.*|at\b.*|in\b.*)?",
        kind="alarm",
    ),
    Frame(
        "create",
        rf"{_ENTER}\s+{DET}(?:{WHEN}\s*)?reminder\s+(?:starting|beginning)\s*(?:on\s*)?{WHEN}\s*(?:for|to|about)\s+"
        r"(?P<title>.+)",
    ),
    Frame("create", rf"have\s+(?:my|an?|the)\s+{ALARM}\b\s*(?P<rest>.*)", kind="alarm"),
    Frame(
        "create",
        rf"(?:add|put|append|write)\s+(?:to|on|onto|in"
        rf"|into)\s+{THE}(?P<list>[\w\s'-]+?)?\s*list\s*[:,]?\s*(?P<title>.*)",
    ),
    Frame(
        "create",
        r"(?:(?:i\s+)?(?:want|need|have|like)\s+to\s+)?be\s+reminded\s+(?:to|about|of|that)\s+(?P<title>.+)"
        r"|i\s+(?:don't|do\s+not)\s+want\s+to\s+(?:miss|be\s+late\s+for)\s+(?P<title2>.+)",
    ),
    Frame(
        "create",
        r"(?:remind|alert|notify|ping|nudge)\s+(?:the|my|our)\s+[\w\s']{1,40}?\s+(?:to|about"
        r"|that)\b\s*(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"(?:(?:remain(?:ed)?|remined|remine|reminder|rewind|mind|tell(?=\s+(?:me|us)\s+to\b))(?=\s+(?:me|us)\b)|remind|reming|alert|notify|ping"
        rf"|nudge)\s+(?:(?:me|us)(?:\s+and\s+(?:my\s+|our\s+)?\w+(?=\s+(?:to|that|about|of|when)\b))?"
        rf"|(?:my\s+)?\w+(?:\s+and\s+(?:my\s+)?\w+)?)\b\s*"
        rf"(?:(?:again|later|please|once)\b\s*)*(?:{WHEN}|{LENGTH})?\s*,?\s*(?:(?:to|that|about|of|for"
        rf"|when|regarding|on)\b)?\s*(?P<title>.*)",
    ),
    Frame("create", r"wake\s+(?:me|us)(?:\s+up)?\b\s*(?P<rest>.*)", kind="alarm"),
    Frame(
        "create",
        rf"(?:add|put|append|insert|include|place|write|get|stick|throw)\s+(?P<title>.+?)\s+(?:to|on"
        rf"|onto|in|into|under)\s+{THE}(?P<list>to[\s-]?do|{_LIST_NAME})?\s*list\b\s*(?P<rest>.*)",
    ),
    Frame(
        "create",
        rf"(?:to|on|in)\s+{THE}(?P<list>[\w\s'-]+?)?\s*list\s*,?\s*(?:please\s+)?(?:add|put|write"
        rf"|append)\s+(?P<title>.+)",
    ),
    # the preposition was not heard: "add salt the shopping list"
    Frame(
        "create",
        rf"(?:add|put|append|include)\s+(?P<title>(?!(?:an?|the|my|our|new|another|to|on|in)\b){WORDS}+?)\s+(?:the|my|our)\s+"
        rf"(?P<list>to[\s-]?do|{_LIST_NAME})?\s*list",
    ),
    Frame(
        "create",
        r"(?:create|make|add|start|new)\s+(?:a\s+"
        r"|the\s+)?(?:new\s+)?(?P<list>[\w\s'-]+?)?\s*\blist(?:\s+(?:called|named|for)\s+(?P<title>.+))?",
        asks="new list",
    ),
    Frame(
        "create",
        rf"(?:(?:i|we|i'll|i'd)\s+)?(?:also\s+"
        rf"|just\s+)?{_MAKE}\s+{DET}(?P<name>(?:(?!\b{TASK}\b){WORDS})*?)\s*{WHEN}?\s*(?:{LENGTH}\s*)?{TIMER}\b\s*(?P<title>.*)",
        kind="timer",
    ),
    Frame(
        "create",
        rf"(?:(?:i|we|i'll|i'd)\s+)?(?:also\s+"
        rf"|just\s+)?{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>(?:(?!\b{TASK}\b).)*?)\s*{ALARM}\b\s*(?P<title>.*)",
        kind="alarm",
    ),
    Frame(
        "create",
        rf"(?:(?:i|we|i'll|i'd)\s+)?(?:also\s+"
        rf"|just\s+)?{_MAKE}\s+{DET}(?:{WHEN}\s*)?(?P<name>.*?)\s*\b{TASK}\b\s*(?:for\s+(?!the\b|my\b|a\b"
        rf"|an\b|back\b|how\b|what\b|when\b|going\b|trip\b|way\b)"
        rf"\w+\s+to\s+)?(?P<title>.*)",
    ),
    Frame(
        "create",
        rf"(?:update|fill|extend)\s+{THE}(?P<list>[\w\s'-]+?)?\s*list\s+with\s+(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"(?:set(?:\s+up)?|put(?:\s+in)?|book\s+me|make\s+me|get\s+me|send\s+me|fix|arrange\s+me"
        rf"|schedule\s+me)\s+(?:me\s+)?"
        rf"(?:in\s+)?{DET}(?P<title>{WORDS}*\b{HAPPENING}s?\b.*)",
    ),
    Frame("create", rf"(?:(?:an?\s+|another\s+)?(?:new\s+)?{TASK})\s*[:,-]?\s*(?P<title>.*)"),
    Frame(
        "create",
        rf"(?:(?P<name>{WORDS}*?)\s*{WHEN}\s*)?(?:{ALARM})\b\s*(?P<title>.*)",
        kind="alarm",
    ),
    Frame(
        "create", rf"(?:{LENGTH}\s*|{WHEN}\s*)?(?P<name>\w+\s+)?(?:{TIMER})\b\s*(?P<title>.*)", kind="timer"
    ),
    Frame(
        "create",
        rf"(?:set|start|begin|do|run|time|count\s*down)\s+(?:me\s+|this\s+|it\s+|from\s+|for\s+"
        rf"|timing\s+)*{LENGTH}.*",
        kind="timer",
    ),
    Frame(
        "create",
        r"(?:do\s+not|don't|dont|never)\s+(?:let\s+me\s+|let\s+us\s+)?forget\s+(?:to\s+|about\s+"
        r"|that\s+|i\s+have\s+to\s+)*(?P<title>.+)",
    ),
    Frame(
        "create",
        r"i\s+(?:don't|do\s+not|mustn't|must\s+not|can't)\s+(?:want\s+to\s+)?forget\s+(?:to\s+"
        r"|about\s+|that\s+|the\s+)*(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:i|we)(?:'ve)?\s+(?:also\s+|still\s+|really\s+)?(?:need|have|want|got|ought|should|must"
        r"|gotta|had\s+better)\s+(?:to\s+|an?\s+)?(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:need\s+to|have\s+to|gotta|must|remember\s+to|remember|make\s+sure\s+(?:that\s+)?(?:i|to"
        r"|we)|be\s+sure\s+to)\s+(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:note(?:\s+to\s+self)?|memo|take\s+a\s+note|make\s+a\s+note|jot\s+down"
        r"|write\s+down)\s*(?:to|that|:|,)?\s*(?P<title>.+)",
    ),
    Frame(
        "create",
        r"(?:create|add|new|append|insert|enter|schedule|put\s+in|put(?=\s+in\b))\s+(?:in\s+)?(?:(?:a"
        r"|an|the|new|my|another)\s+)*(?P<title>.+)",
    ),
    Frame("create", r"(?:set\s+up)\s+(?:(?:a|an|the|my)\s+)*(?P<title>.+)"),
    Frame(
        "create",
        rf"(?P<title>{WORDS}{{1,60}}?)\s+(?:reminder|to-?do)(?:\s+(?:for|on|at|to|about))?\s*(?:{WHEN}.*)?",
    ),
    Frame(
        "create",
        rf".{{1,80}}?\b(?:please|can\s+you|could\s+you)\s+(?:please\s+)?(?:put|add|set|book|schedule|create"
        rf"|make)\s+(?:up\s+|in\s+)?"
        rf"{DET}(?P<title>.*\b{HAPPENING}s?\b.*)",
    ),
    Frame("create", r"let\s+me\s+know\s+(?:about\s+|when\s+|to\s+|that\s+)?(?P<title>.+)"),
    # A verb that was misheard, or is none: where it goes says what is meant.
    Frame(
        "create",
        rf"(?!(?:what|when|where|which|who|how|is|are|do|does)\b){WORDS}+?\s+(?P<title>\S+(?:\s+\S+){{0,5}}?)\s+(?:to|into)"
        rf"\s+(?:the|my|our)\s+{CALENDAR}(?:\s+events?)?\s*(?:{WHEN})?",
    ),
    Frame(
        "create",
        rf"(?!(?:what|when|where|which|who|how|is|are|do|does|find|move|go)\b)\w+\s+(?P<title>\S+(?:\s+\S+){{0,3}}?)\s+(?:to|onto)"
        rf"\s+(?:the|my|our)\s+(?P<list>to[\s-]?do|{_LIST_NAME})?\s*list",
    ),
    Frame("delete", r"\w+\s+(?P<ref>.+?)\s+off\s+(?:of\s+)?(?:the|my|our)\s+(?:[\w-]+\s+){0,3}list"),
)
