"""Shapes of English commands, the most particular first.

They are matched against the folded command, without polite words at its ends, in which time expressions
(`WHEN`), bare durations (`LENGTH`) and priorities (`PRIORITY`) are replaced by marks.
"""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import ALARM, ANY, DET, EVENT, OBJECT, TASK, THE, TIMER
from conversations.agent.rules.marks import LENGTH, WHEN, WORDS

_CLOCK = (
    Frame(
        "other",
        rf"(?:do\s+not|don't|never)\s+(?:allow|let(?!\s+(?:me|us)\s+forget))\b.*|.*\b(?:interval"
        rf"|intervals)\b.*\b{TIMER}\b.*"
        rf"|.*\b{TIMER}\b.*\binterval.*",
    ),
    Frame(
        "snooze",
        rf"snooze\s+(?!{THE}(?:it|one|{OBJECT}|for|until|till?|by|now|again|later|another)\b|.*\b{ALARM}"
        rf"|{THE}\s*(?:{LENGTH}|{WHEN})){THE}(?P<ref>{WORDS}+?)\s+(?:for\s+|by\s+|until\s+|till?\s+"
        rf")?(?:another\s+)?(?:{LENGTH}|{WHEN}).*",
        asks="at once",
    ),
    Frame(
        "snooze",
        r"snooze\b(?!\s+option).*|(?:sleep|pause)\s+(?:the\s+|my\s+|this\s+|that\s+)?alarms?\b.*"
        rf"|(?:set|put|place)\s+(?:{THE}\w+\s+)?(?:on\s+|the\s+)?snooze\b.*",
        "alarm",
        asks="at once",
    ),
    Frame(
        "snooze",
        rf"(?:silence|quiet|stop|mute)\s+(?:the\s+|my\s+)?alarms?\s+{LENGTH}",
        "alarm",
        asks="at once",
    ),
    Frame("snooze", r".*\bsnooz\w*\b(?!\s+option).*|time\s?out", "alarm"),
    Frame(
        "silence",
        rf"(?:turn|shut|switch|close|power|shut\s+down|cut)\s+(?:(?:the|my|that|this|all|any|it|every"
        rf"|of|those|these|{WHEN})\s+)*(?:(?:{ALARM})\s+)?"
        rf"(?:off|of|down|out)(?:\s+(?:the|my|that|this|all|any|of|current|every"
        rf"|{WHEN})+)*(?:\s*{ALARM})?(?:\s*(?:{WHEN}|now|immediately|right\s+away|going\s+off))*",
        "alarm",
    ),
    Frame(
        "silence",
        rf"(?:i\s+(?:want|need)\s+)?{THE}(?:{ALARM}|ringing|beeping|noise)\s+(?:to\s+)?(?:be\s+|go\s+"
        rf")?(?:stop|stopped|off|silenced|quiet)"
        r"|(?:stop|quit|cut|kill|end)\s+(?:out\s+)?(?:making\s+)?(?:this|that|the|all|your)\s+(?:\w+\s+"
        r")?(?:sound|noise|ringing|beeping"
        r"|buzzing|racket|din)",
        "alarm",
    ),
    Frame(
        "silence",
        rf"(?:dismiss|silence|quiet|mute|hush|stop|cease|halt|enough|no|kill|shut\s+up"
        rf"|be\s+quiet)\s*(?:{THE}(?:current|{WHEN}(?:'s)?)?\s*{ALARM}|(?:the\s+)?ringing|ringing"
        rf"|beeping|it)\b.*"
        rf"|{ALARM}\s+(?:off|stop|quiet|silent|silence|enough)\b.*|quiet|silence|be\s+quiet|hush"
        rf"|shut\s+(?:down|up|off)|switch\s+off|turn\s+off"
        rf"|stop(?:\s+it)?|(?:i\s+hear\s+you|no\s+more|enough)\b.*\b(?:stop|off)",
        "alarm",
    ),
    Frame(
        "pause",
        rf"(?:pause|stop|halt|suspend|hold(?:\s+up|\s+on)?|freeze|turn\s+off|shut\s+off|switch\s+off"
        rf"|cease)\s+(?:{DET})(?:{LENGTH}\s+)?(?:\w+\s+)?{TIMER}\b.*"
        rf"|(?:pause|hold)(?:\s+(?:it|that|the\s+time|my\s+time))?|{TIMER}\s+(?:off|stop|pause|hold)"
        rf"|(?:turn|shut|switch)\s+(?:{DET})(?:\w+\s+)?{TIMER}\s+off",
        "timer",
    ),
    Frame(
        "resume",
        rf"(?:resume|unpause|un-pause|continue|carry\s+on|keep\s+going"
        rf"|take\s+off\s+pause)(?:\s+.*\b{TIMER}\b.*|(?:\s+(?:now|it|that)|\s*{WHEN})*)"
        rf"|{TIMER}\s+(?:resume|continue)|(?:resume|unpause|continue)\s+.*\b(?:paused|stopped"
        rf"|time)\b.*|.*\b{TIMER}\b.*\b(?:take\s+off\s+pause|turned\s+back\s+on|brought\s+back)",
        "timer",
    ),
    Frame(
        "restart",
        rf"(?:restart|re-start|reset|re-set|repeat"
        rf"|start\s+over)\s+(?:{DET})(?:last\s+)?(?:{LENGTH}\s+)?(?:\w+\s+)?{TIMER}(?:\s+(?:over|again"
        rf"|now|please|{WHEN}|{LENGTH}|for\s+the\s+same\s+time|from\s+the\s+\w+))*"
        rf"|(?:restart|start)\s+(?:{DET})(?:{TIMER}|workout|it)\s+(?:again|over"
        rf"|from\s+the\s+beginning)|restart|{TIMER}\s+(?:restart|reset)",
        "timer",
    ),
    Frame(
        "update",
        rf"(?:increase|extend|lengthen|decrease|reduce|shorten|lower|cut"
        rf"|prolong)\s+{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}))\s+(?:by\s+|for\s+)?{LENGTH}.*",
        "timer",
    ),
    Frame(
        "update",
        rf"(?:add|put|take|subtract|remove|delete|deduct)\s+{LENGTH}\s+(?P<ref>{LENGTH}\s*(?:[\w'-]+\s+"
        rf"){{0,3}}{TIMER})"
        rf"|(?:add|put|take|subtract|remove|delete|deduct|increase|decrease)\s+(?:on\s+|back\s+|an\s+"
        rf"(?:extra|additional)\s+"
        rf"|another\s+)*{LENGTH}(?:\s+(?:more|extra|longer|additional))?"
        rf"(?:\s+(?:to|from|off(?:\s+of)?|on|onto|in)\s+(?:{THE}(?P<ref>.*?(?:{TIMER}|{ALARM}"
        rf"|time))\b.*|it|that))?",
        "timer",
    ),
)

_QUERY = (
    Frame(
        "query",
        r"(?:is\s+there\s+|are\s+there\s+|do\s+i\s+have\s+)?any(?:thing"
        r"|\s+tasks?)\b.*(?<!overdue)(?<!late)",
    ),
    Frame("query", r"what(?:'s|\s+is|\s+comes)\s+(?:up\s+)?next(?:\s+on\s+my\s+(?:list|plate))?"),
    Frame(
        "query",
        rf"when(?:'s|\s+is|\s+do\s+i\s+have)\s+(?:the|my|our)\s+(?P<text>{WORDS}+?)(?:\s+(?:due"
        rf"|again))?",
    ),
    Frame(
        "query",
        r"(?:what(?:'s|\s+is|\s+are)?|which|show|list|anything|any|is\s+anything|are\s+any"
        r"|do\s+i\s+have|give\s+me|find|display)\b.*\b(?:overdue|past\s+due|late|missed)\b.*",
        asks="overdue",
    ),
    Frame("query", rf"(?:my\s+|all\s+|the\s+)*overdue(?:\s+{TASK})?", asks="overdue"),
    Frame(
        "query",
        r"(?:what|which|show|list|display)\b.*(?:\b(?:did\s+i|have\s+i|i've|what\s+i)\s+(?:already\s+)?"
        r"(?:finish|finished|complete|completed|done|do|get\s+done)\b|\b(?:completed|finished|done)\b).*",
        asks="done",
    ),
    Frame(
        "query",
        rf"(?:what|what's|whats|which|when|when's|whens|where|how\s+(?:many|much|long|soon"
        rf"|often))\b.*\b(?:{ANY}|due|scheduled|planned|lists?|left|remind(?:ed)?|remaining"
        rf"|need\s+to\s+(?:do|buy|get)|have\s+to\s+do"
        rf"|going\s+to\s+do|should\s+i\s+do|up\s+{WHEN}|going\s+on\s+{WHEN}|on\s+{WHEN}|i\s+(?:have|got)"
        rf"|do\s+i\s+have|on\s+my\s+plate|up\s+next|time\s+do\s+i\s+have|more\s+(?:time|minutes))\b.*",
    ),
    Frame(
        "query",
        rf"what(?:'s|\s+is|\s+do\s+i\s+have|\s+have\s+i\s+got|\s+should\s+i\s+do|\s+am\s+i\s+doing"
        rf"|\s+must\s+i\s+do)?(?:\s+(?:happening|on|coming\s+up|up|next|going\s+on|planned|to\s+do"
        rf"|due))*\s*{WHEN}",
    ),
    Frame(
        "query",
        r"(?:how\s+(?:much|many|long)\s+(?:time|longer|more\s+time|minutes)(?:\s+\w+)?|time\s+left"
        r"|how\s+long)(?:\s+(?:is|are|do\s+i\s+have|remains?|left|remaining|yet|until.*|till.*))*",
    ),
    Frame(
        "query",
        rf"(?:show|list|display|read|see|view|find|search|check(?!\s+off)|pull\s+up|bring\s+up|tell"
        rf"|open|look\s+(?:up|at|for)|brief|go\s+over|review|recite|let\s+me\s+(?:see|know|hear)|fetch"
        rf"|inform\s+(?:me|us)"
        rf"|access|help\s+access|get(?!\s+(?:rid|up|ready|me\s+an?\b|an?\b))|give(?!\s+me\s+an?\b))"
        rf"\s+.*?\b(?:{OBJECT}|{EVENT}s?|calendar|schedule|agenda|lists?|notes|due|time\s+left"
        rf"|time\s+remaining)\b.*",
    ),
    Frame(
        "query",
        rf"(?:show|list|display)(?:\s+me)?\s+(?:everything|all|what\s+i\s+have|what's\s+(?:due|left"
        rf"|open)).*|(?:show|list|display)(?:\s+me)?\s+{WHEN}",
    ),
    Frame(
        "query",
        rf"(?:do|did|have(?!\s+(?:my|an?|the)\s)|has|are|is|am|was|were|will|does)\s+(?!(?:an?|the|my)\s+"
        rf"(?:alarm|timer"
        rf"|reminder)\s+(?:for|at)\b)(?:i|you|there|my|the|we|any|it|all|an?|\w+\s+have)\b.*\b(?:{ANY}"
        rf"|due|lists?|scheduled|planned|set|going\s+off)\b.*",
    ),
    Frame(
        "query",
        rf"(?:all\s+|my\s+|all\s+my\s+|all\s+of\s+my\s+|the\s+|upcoming\s+|any\s+|current\s+|open\s+"
        rf"|(?=\w*s\b){WHEN}\s+)+(?:{TASK}|{ALARM}|{TIMER}"
        rf"|(?P<list>\w+(?:\s\w+)?)\s+list)(?:\s*(?:{WHEN}|for\b.*|with\b.*|about\b.*|referencing\b.*"
        rf"|in\b.*))*",
    ),
    Frame("query", r"(?:find|search|look)(?:\s+(?:for|up))?\s+(?:the\s+)?(?:task|reminder|to[\s-]?do)s?\b.*"),
    Frame(
        "query",
        rf"(?:time|minutes|hours)\s+(?:left|remaining)\b.*|(?:remaining|left)\s+time\b.*"
        rf"|.*\b{TIMER}\b.*\b(?:time\s+(?:left|remaining)|left|remaining|much\s+longer)"
        rf"|{ALARM}\s+time\s+(?:left|remaining)",
    ),
    Frame(
        "query",
        rf"(?:i\s+)?(?:need|want|would\s+like|have)\s+(?:to\s+(?:know|see|hear|view|check"
        rf"|find\s+out)\b.*\b{ANY}\b.*|(?:all|a\s+list)\s+(?:of\s+)?(?:my|the)\s+.*\b{ANY}\b.*)",
    ),
    Frame(
        "query",
        rf"(?:know|see|hear|view)\b.*\b{ANY}\b.*|(?:send|remind)\s+me\s+(?:of\s+)?(?:all|my\s+next"
        rf"|my\s+upcoming|the\s+alarm|my\s+other|about\s+my)\b.*\b(?:{OBJECT})\b.*",
    ),
    Frame("query", rf".*\b(?:{OBJECT}|{EVENT})\b.*\b(?:for\s+)?(?:what\s+time|when)"),
    Frame("query", rf"(?:any|anything|is\s+there)\b.*\b(?:{ANY}|due|scheduled|planned|set)\b.*"),
    Frame(
        "query",
        r"(?:my\s+|the\s+)?(?:agenda|schedule|tasks|reminders|alarms|timers|to[\s-]?dos|to[\s-]?do\s+list)",
    ),
)

FRAMES = (*_CLOCK, *_QUERY)
