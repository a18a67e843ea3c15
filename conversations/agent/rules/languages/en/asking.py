"""Shapes of English questions about what is planned, and what must be told from them first."""

from __future__ import annotations

from conversations.agent.rules.language import Frame
from conversations.agent.rules.languages.en.nouns import (
    ALARM,
    ANY,
    CALENDAR,
    EVENT,
    HAPPENING,
    OBJECT,
    TASK,
    THE,
    TIMER,
)
from conversations.agent.rules.marks import DEADLINE, WHEN, WORDS

_NOT_ELSEWHERE = (
    r"(?!.*\b(?:news|weather|forecast|rain|snow|sunny|temperature|traffic|music|songs?|album|stocks?|shares?"
    r"|radio|headlines|world|score)\b)"
)
# A wish to be told of something later is no question, whatever else the sentence asks.
_TELL_LATER = (
    Frame(
        "delete",
        r".+\b(?:can|could|will|would|please|so|and)\s+(?:you\s+)?(?:please\s+)?(?:just\s+)?(?:remove|delete"
        r"|cancel|erase|take)\s+"
        r"(?P<ref>it|that|this|them)\b.*",
    ),
    Frame(
        "query",
        rf"remind\s+(?:me|us)\s+(?:when|where|at\s+what\s+time|what\s+time|what\s+day)\s+(?:the|my|our)\s+"
        rf"(?:.*\b)?{HAPPENING}s?"
        rf"(?:\s+with\b.{{1,40}})?\s+(?:is|are|was)(?:\s*{WHEN})?",
    ),
    Frame(
        "query",
        rf"remind\s+(?:me|us)\s+(?:what|which|who)(?:'s|\s+is|\s+are)\s+.*\b(?:{CALENDAR}|lists?|{TASK})\b.*",
    ),
    Frame(
        "create",
        r"(?:when(?:ever)?|once|as\s+soon\s+as|after|before|if)\s+(?:i|i'm|we|we're|you|he|she|it|they|the"
        r"|my)\b"
        r"[^?]{1,80}?,?\s*(?:please\s+|can\s+you\s+|then\s+)*(?:remind|alert|notify|tell|ping)\s+(?:me|us)\s+"
        r"(?:to|that|about|of)\s+(?P<title>.+)",
    ),
    Frame(
        "create",
        rf"{DEADLINE}\s*,?\s*(?P<title>(?:finish|complete|close|clear|cancel|check|remove|delete|drop)\s+"
        rf"{WORDS}+)",
    ),
    Frame(
        "delete",
        r"(?:find|open|go\s+to|look\s+at|check|show)\s+.{0,60}?\blists?\b,?\s*(?:and\s+|then\s+)?(?:remove"
        r"|delete|erase|clear"
        r"|take\s+off)\s+(?:the\s+|my\s+)?(?P<ref>.+)",
    ),
    Frame(
        "create",
        rf"(?:search|check|find|look|see|go)\b.{{1,80}}?\b(?P<title>(?:next\s+|upcoming\s+"
        rf")?{EVENT}s?)\b.{{0,60}}?"
        r"\b(?:and|then)\s+(?:notify|remind|alert|warn)\s+(?:me|us)\b.*",
    ),
    Frame(
        "create",
        rf"(?:do\s+)?(?:i|we)\s+have\s+(?:an?\s+|the\s+|my\s+)?(?P<title>.+?)\s*,?\s*(?:and\s+|so\s+"
        rf")?(?:please\s+)?"
        r"(?:(?:send|give|set|create|make)\s+(?:me\s+)?(?:a|the|an)\s+reminder|remind\s+me)"
        rf"(?:\s+(?:for|about|of)\s+(?:it|that|this))?\s*(?:{WHEN})?",
    ),
)

_PLANS = (
    Frame(
        "query",
        r"(?:(?:what|when|where)(?:'s|\s+(?:time|day|date|place))?|at\s+what\s+time)\s+(?:does|do|did|will"
        r"|is|are"
        rf"|should|would)\b.*\b(?:{HAPPENING})\b.*\b(?:starts?|begins?|ends?|finish(?:es)?|over|takes?\s+"
        rf"place"
        r"|happens?|happening|kicks?\s+off|scheduled|on|at|held|again|be)\b.*",
    ),
    Frame(
        "query",
        rf"(?:what|when|where|which|who)\b.*\b(?:{HAPPENING})s?\b(?:\s*(?:{WHEN}|in|on|at|for|this|next)\b.*"
        rf"|\s*{WHEN}.*)?",
    ),
    Frame(
        "query",
        rf"(?:am|are)\s+(?:i|we)\s+(?:(?:still|already|currently|all|totally|completely)\s+)*(?:free"
        rf"|available|busy"
        rf"|booked(?:\s+up)?|open|occupied|tied\s+up|doing|meeting|seeing|supposed|able\s+to\s+(?:meet|make"
        rf"|reserve))\b.*"
        rf"|(?:when|what\s+times?|which\s+days?|how)\s+(?:am|are)\s+(?:i|we)\s+(?:free|available|busy|open"
        rf"|booked)\b.*"
        r"|(?:do|will|would)\s+(?:i|we)\s+(?:have|be)\s+(?:any\s+|some\s+|enough\s+)?(?:free|time|available"
        r"|busy|room"
        r"|openings?|gaps?|conflicts?|plans?)\b.*"
        rf"|(?:is|are|will)\s+.*\b(?:room|space|slot|hall|office)s?\b.*\b(?:free|available|open|taken"
        rf"|booked)\b.*"
        rf"|(?:is|are|will|when\s+(?:is|are|will))\s+.+\b(?:free|available|busy)\b.*{WHEN}.*|how\s+(?:busy"
        rf"|full|booked)\b.*"
        rf"|can\s+(?:i|we)\s+(?:reserve|book|have)\s+.*\broom\b.*"
        rf"|(?:do|did)\s+(?:i|we)\s+have\s+.+\b(?:marked|noted|saved|booked|written\s+down|listed)\b.*"
        r"|(?:what|how)\b.*\bavailability\b.*|(?:check|show|see)\b.*\bavailability\b.*",
    ),
    Frame(
        "query",
        rf"(?:what|what's|whats)\b{_NOT_ELSEWHERE}.*\b(?:happening|going(?:\s+on)?|doing|coming\s+up|planned"
        rf"|in\s+store)\b"
        rf".*{WHEN}.*",
    ),
    # the one is among what is planned, whatever it is asked of it
    Frame(
        "query",
        rf"(?:what|when|where|which|who|how)(?:'s|\s+is|\s+are|\s+about)\s+.*\bones?\s*{WHEN}.*"
        rf"|what(?:\s+else)?\s+(?:do|did)\s+(?:you|i|we)\s+(?:have|got)\s*(?:for|on)?\s*{WHEN}.*"
        rf"|(?:at\s+)?what\s+time\s+(?:is|are)\s+(?:my|our)\s+{WORDS}+",
    ),
    Frame("query", rf"(?:is|are)\s+(?:there\s+)?(?:anything|something|any)\b{_NOT_ELSEWHERE}.*{WHEN}.*"),
    Frame(
        "query",
        rf"(?:is|are|was|were|did\s+i|have\s+i)\s+.+\b(?:on|in|to|part\s+of|one\s+of)\s+(?:the|my|our)\s+"
        rf"(?:[\w'-]+\s+){{0,4}}"
        rf"(?:lists?|{CALENDAR})\b.*|(?:what|who)(?:'s|\s+is|\s+are|\s+do\s+i\s+have|\s+else\s+is)\s+"
        rf"(?:left\s+)?(?:on"
        rf"|in)\s+(?:my|the|our)\s*(?:\w+\s+)?(?:lists?|{CALENDAR}|plate|{WHEN}|to[\s-]?do)\b.*"
        rf"|what(?:'s|\s+is)\s+on\s+my\s*{WHEN}",
    ),
    Frame(
        "query",
        r"(?:what|which|who)\b.*\b(?:was|were|is|did|do|am|are|had)\s+(?:it\s+|that\s+)?(?:i|we)\s+(?:\w+\s+"
        r")?"
        r"(?:want(?:ed)?|needed|need|have|had|asked|supposed|meant|going|planned|said)\s+(?:you\s+)?(?:to\s+"
        r")?(?:be\s+)?"
        r"(?:remember|remind|recall|bear\s+in\s+mind|keep\s+in\s+mind|do|buy|get|pick\s+up|finish|complete"
        r"|note"
        r"|doing)\b.*",
    ),
    Frame(
        "query",
        r"remind\s+(?:me|us)\s+(?:again\s+)?(?:of\s+)?(?:what|which|who|whom)\s+(?:\w+\s+)?(?:i|we)(?:'m|\s+"
        r"am|\s+have"
        r"|\s+had|\s+need(?:ed)?|\s+want(?:ed)?|\s+was|\s+were|\s+are|'ve)\b(?:\s+\w+)?\s*(?:to|got|planned"
        r"|supposed|doing|scheduled|meeting)\b.*|remind\s+me\s+of\s+(?:the|all|my)\s+(?:\w+\s+)?(?:items"
        r"|things|tasks"
        rf"|entries)\b.*|remind\s+(?:me|us)\s+(?:of|about)\s+(?:the\s+|my\s+)?(?:{ALARM})s?\s+(?:that\s+"
        rf")?i\s+.*",
    ),
    Frame(
        "query",
        rf"(?:what|what's|how|how's|how\s+does|show|read|tell|give|go\s+over|run\s+through|walk\s+me\s+"
        rf"through|recap)"
        rf"\b{_NOT_ELSEWHERE}.*\b(?:my|the|our)\s+(?:(?:\w+\s+)?(?:plans?|itinerary|day|week|weekend|agenda"
        rf"|docket)\b.*"
        rf"|{WHEN}\s*(?:plans?|look.*)?)",
    ),
    Frame(
        "query",
        r"(?!(?:make|set|create|new|add|start|begin|delete|remove|clear|erase|update)\b)(?:(?:name|say|read"
        r"|recite|announce|tell|open|show|see|view|save|play)\s+)?(?:(?:my|the"
        r"|all|all\s+of|current|available|every|me)\s+)*(?:\w+\s+)?lists?(?:\s+(?:please|items|names?"
        r"|contents?"
        r"|status|uploaded|available))*",
    ),
    Frame(
        "query",
        rf"give\s+me\s+(?:a\s+|the\s+)?(?:full\s+|quick\s+)?(?:list|rundown|summary|overview|recap)\s+of\s+"
        rf".*\b(?:{ANY}|lists?|day|week)\b.*"
        rf"|(?:tell|give|show|inform|update)\s+(?:me|us)\s+.*\b(?:details?|about|info\w*"
        rf"|on)\b.*\b(?:{HAPPENING}|tournament|items|{TASK})s?\b.*"
        rf"|(?:put|bring)\s+.*\b{TIMER}\s+(?:on|up)\b.*\bscreen|what\s+(?:was|is)\s+my\s+(?:last\s+|final\s+"
        rf")?time",
    ),
    Frame("query", r"(?:send|give|get|tell)\s+(?:me|us)\s+(?:(?!\bon\b).){0,40}?\b(?:lists?)(?:\s+\w+)?"),
    Frame(
        "query",
        rf"(?:(?:my|the|all|our)\s+)*(?:next|upcoming|coming|following|remaining|future)\s+(?:\w+\s+"
        rf")?(?:{EVENT}"
        rf"|{TASK}|{ALARM})s?(?:\s+(?:in|on|from|of)\s+(?:my\s+|the\s+)?{CALENDAR})?(?:\s*{WHEN})?",
    ),
    Frame(
        "query",
        rf"(?:(?:my|our|the)\s+)(?:\w+\s+)?{CALENDAR}\s*(?:{WHEN})?|(?:(?:my|all|our|the)\s+)+(?:\w+\s+"
        rf")?{EVENT}s(?:\s+(?:in|on|from|of|with)\b.*|\s*{WHEN})*",
    ),
    Frame(
        "query",
        rf"(?:what's\s+)?(?:the\s+)?(?:status|state|progress)\s+(?:of|on|for)\s+{THE}.*\b(?:{OBJECT}"
        rf"|lists?)\b.*"
        rf"|(?:(?!new\b)\w+\s+)?(?:{TIMER}|{ALARM})\s+(?:status|settings?|state|progress)"
        rf"|(?:locate|where(?:'s|\s+is))\s+.*\b(?:{EVENT}|{TASK})\b.*",
    ),
    Frame(
        "query",
        rf"(?:any|some)\s+(?:plans?|{EVENT})\b.*|{WHEN}\s*(?:{EVENT}(?<=s)|{CALENDAR}|plans)",
    ),
    Frame("query", rf"reminders\s+(?:for|about|on|regarding|with)\s+.+|{TASK}\s+(?:list|overview)"),
    Frame(
        "query",
        rf"(?:my|the)\s+(?:list|{CALENDAR})\s+(?:of\s+\w+\s+)?(?:contains?|has|includes?|says|shows)\s+what"
        r"|(?:is\s+)?(?:any\s?thing|what)\s+(?:else\s+)?(?:is\s+)?(?:left\s+)?on\s+(?:my|the"
        r"|our)\s*(?:\w+\s+)?list\b.*"
        r"|(?:and\s+)?(?:what|anything)\s+else(?:\s+.*\b(?:list|available|left))?",
    ),
)

_TODAY = (
    Frame(
        "query",
        r"what(?:'s|\s+is)?\s+(?:the\s+)?(?:day|date)(?:\s+(?:is|was))?(?:\s+(?:it|this|today|now|of\s+the\s+week))*",
    ),
)

FIRST = (*_TELL_LATER,)
LAST = (*_PLANS, *_TODAY)
