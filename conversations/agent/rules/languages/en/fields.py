"""English words for priorities, labels, reminder leads and the edges of commands and titles."""

from __future__ import annotations

from conversations.agent.rules.groups import alternatives
from conversations.agent.rules.languages.en import marks, verbs, words
from conversations.agent.rules.model import Priority

PRIORITIES: dict[str, Priority] = {
    **dict.fromkeys(
        ("urgent", "urgently", "critical", "asap", "highest", "top", "p1", "very high", "p0"), "urgent"
    ),
    **dict.fromkeys(("high", "important", "p2", "higher"), "high"),
    **dict.fromkeys(("medium", "normal", "p3", "moderate"), "medium"),
    **dict.fromkeys(("low", "lowest", "unimportant", "lower", "p4"), "low"),
    **dict.fromkeys(("no", "none"), "none"),
}
_LEVEL = (
    r"(?P<level>highest|very\s+high|higher|high|top|urgent|critical|medium|normal|moderate|lowest"
    r"|lower|low|no)"
)
# A name that the assistant is called by, whatever it is: a word of no other kind, before a command.
_WORD_OF_ANOTHER_KIND = alternatives(
    word
    for word in {
        *marks.WORDS,
        *verbs.VERBS,
        *verbs.COMMAND_VERBS,
        *verbs.MEANS,
        *words.WEEKDAYS,
        *words.MONTHS,
    }
    | {*words.DAYS, *words.PARTS, *words.HOLIDAYS, *words.UNITS, *words.CARDINALS, *words.ADVERBS}
    | {
        "to",
        "never",
        "not",
        "stop",
        "dont",
        "always",
        "later",
        "again",
        "still",
        "currently",
        "exactly",
        "once",
    }
    if " " not in word
)
_ADDRESS = (
    rf"\s*(?!(?:{_WORD_OF_ANOTHER_KIND})(?!\w))[a-z]{{2,12}},?\s+(?:please\s+)?(?=remind\s+(?:me|us)\s+(?:to|about|of|that"
    r"|when|not)\b|wake\s+(?:me|us)\b|(?:what(?:'s|s)?|do\s+i|is\s+(?:my|there)|are\s+there|anything\s+else|how\s+"
    r"(?:many|much|long)|when(?:'s|s)?|tell\s+me|show\s+me)\b|(?:set|create|make|schedule)\s+(?:an?|my|the)\s+(?:\w+\s+){0,2}"
    r"(?:alarm|timer|reminder|alert|event|meeting|appointment|list|task)\b"
    r"|(?:add|put|delete|cancel|remove)\s+(?!(?:it|that|this|them|to|on|from)\b)"
    r"|(?:clear|erase|empty)\s+(?:the|my|all)\s+(?:\w+\s+){0,2}(?:lists?|calendar|schedule|alarms?|reminders?)\b)"
)
_LEAD_AFTER = r"(?:before(?:hand)?|earlier|early|in\s+advance|ahead(?:\s+of\s+time)?|prior)"

SOURCES: dict[str, str] = {
    "priority": (
        rf"(?:(?:\b(?:with|at|as|of|and|make\s+it|it's|it\s+is)\s+)?(?:(?:a|an"
        rf"|the)\s+)?\b{_LEVEL}[\s-]priority\b"
        r"|\bpriority(?:\s+is|\s+to|\s*:|\s*=)?\s+(?P<level2>highest|high|top|urgent|critical|medium"
        r"|normal|lowest|low|none)\b"
        r"|(?:^|[\s,])!(?P<level3>urgent|high|medium|low)\b"
        r"|(?:,\s*|^|\b(?:it's|it\s+is|as|make\s+it|to|very|marked"
        r"|mark\s+it\s+as)\s+)(?P<level4>urgent|important|asap|critical)(?=\s*(?:$|[,.!;:]))"
        r"|\b(?P<level5>asap|urgently)(?=\s*(?:$|[,.!;])))"
    ),
    "label": (
        r"(?:(?:^|(?<=\s))(?:#)(?P<label>[^\W\d]\w*(?:-\w+)*)|,?\s+(?:with\s+(?:the\s+)?(?:label|tag)"
        r"|labell?ed|tagged(?:\s+(?:as|with))?)\s+(?P<label2>\w[\w-]*)(?=\s*(?:$|[,.])))"
    ),
    "list": (
        r",?\s*\b(?:(?:to|on|onto|in|into|under)\s+(?:the\s+|my\s+"
        r"|our\s+)(?P<list>\w+(?:\s\w+)?)\s+list\b|list\s*:\s*(?P<list2>\w+))"
    ),
    "lead": (
        r"(?:,?\s*(?:and\s+)?(?:please\s+)?(?:remind|alert|notify|warn|tell|ping)\s+(?:me|us|him|her"
        r"|them)\s+(?:about\s+it\s+)?)?"
        rf"(?P<duration>{{duration}})\s+{_LEAD_AFTER}(?:\s+(?:it|that|this|they)(?:\s+will|'ll)?"
        r"\s+(?:begins?|starts?|happens?))?(?=\s*(?:$|[,.;!]|(?:to|that|about|of)\b))"
        rf"|,?\s*with\s+an?\s+(?P<duration2>{{duration}})\s+(?:reminder|warning|notice|lead)"
        r"|\b(?:(?:remind|alert|notify|warn|ping|nudge)\s+(?:me|us)|(?:reminder|alert)s?(?:\s+for)?)"
        rf"\s+(?P<duration3>{{duration}})\s+(?:before|prior\s+to|ahead\s+of|in\s+advance\s+of)(?=\s+\w)"
    ),
    "asked": (
        r"\b(?:(?:can|could|will|would|may|might)\s+(?:you|u)|(?:can|could|may)\s+i|are\s+you\s+able\s+to"
        r"|is\s+it\s+possible\s+to|would\s+you\s+mind)\b"
    ),
    "polite_start": (
        rf"(?:{_ADDRESS})?"
        r"(?:\s|[\"'.,!?:;)>*-]|\b(?:would\s+you\s+mind|please|pls|plz|hey|ok|okay|so|also|then|and|now|just"
        r"|well|oh|um"
        r"|uh|hi|hello|kindly|go\s+ahead\s+and"
        r"|(?:can|could|will|would|may|might)\s+(?:you|u)(?:\s+please)?(?:\s+help\s+me(?:\s+to)?)?"
        r"|(?:can|could|may)\s+i(?=\s+(?:add|have|get|please|set|put|see|know|view|hear"
        r"|check))(?:\s+please)?|i(?:'d"
        r"|\s+would)\s+(?:like|love)\s+(?:you\s+)?(?:to\b|for\s+you\s+to\b)?"
        r"|(?:i\s+)?(?:want|need)\s+(?:you\s+to\b|to\s+(?=(?:set|add|create|make|delete|cancel|change"
        r"|remove|see|update|move|schedule|modify|hear|view|edit|check|be\s+reminded|increase|decrease"
        r"|reschedule|snooze|pause|start|stop|resume|turn|get\s+rid)\b))"
        r"|i'm\s+(?:gonna|going\s+to)\s+(?=need)|(?:let's|lets)|do\s+me\s+a\s+favor\s+and"
        r"|are\s+you\s+able\s+to|is\s+it\s+possible\s+to|you\s+can|would\s+you\s+mind|i\s+said"
        r"|once\s+more|alexa|siri|google|cortana|bixby|assistant|computer|(?<=hey\s)\w+(?=,?\s+(?:please|can|could|would|will|remind|set|wake|add|create|make|delete|cancel|remove|what|what's|how|when|is|do|tell|show|put|schedule|turn|i)\b|$)"
        r"|need\s+you\s+to)\b)*"
    ),
    "polite_end": (
        r"(?:\s|[.,!?;:\"'*]|\b(?:please|pls|plz|thanks|thank\s+you|thx|for\s+me|will\s+you"
        r"|would\s+you|won't\s+you|can\s+you|could\s+you|okay|ok|kindly|right\s+away|if\s+you\s+can"
        r"|aight))*$"
    ),
    "separator": (
        r"\s{0,8}(?P<hard>[;\n]+|[.!?]+(?=\s))\s{0,8}(?:(?:and|then|also)\s{1,8})*"
        r"|\s{0,8},\s{0,8}(?:(?:and|then|also|plus"
        r"|so)\s{1,8})*|\s{1,8}(?:(?:and|then|plus|so)\s{1,8})+(?:(?:also|then)\s{1,8})*"
    ),
    "no_split": (
        r"(?:(?:notify|alert|warn)\s+(?:me|us)\s+(?:before|when|if|of\s+it|about\s+it)|(?:change|update|move"
        r"|remove|delete)\s+(?:it|that|them)\b|make\s+sure|be\s+sure|see\s+if|let\s+(?!me)|have\s+(?!to)"
        r"|get\s+back|tell\s+(?:him|her"
        r"|them)|ask\s+(?:him|her|them|if)|back\b|turn\s+(?:it|them)|see\s+how|add\s+(?:it|them|new"
        r"|a\s+new)|do\s+(?:it|so)|reset\s+it|restart\s+it|delete\s+the\s+current|move\s+to|show\b"
        r"|rest\b|reschedule|tell\s+me\s+them)"
    ),
    "new_command": (
        r"(?:please\s+)?(?:remind\s+(?:me|us)|wake\s+(?:me|us)|set\s+(?:a|an|another"
        r"|the)\s+(?:\w+\s+)?(?:alarm|timer|reminder|alert)|(?:can|could|would|will)\s+you"
        r"|i\s+(?:also\s+)?(?:need|have)\s+to|don't\s+(?:let\s+me\s+)?forget|what(?:'s|\s+is)|mark\b"
        r"|i\s+(?:bought|finished|did|called))\b"
    ),
    "question": (
        r"(?:what|who|whom|whose|where|when|why|how|which|what's|who's|where's|how's|whats|is|are|was"
        r"|were|does|did|has|am|can|could"
        r"|should|would|will|shall|might|any|anyone|anybody|isn't|aren't|don't|doesn't|may(?!\s+[0-9])|(?:do"
        r"|have)(?=\s+(?:i|you|we|they|he|she|it|there|any|my)\b)"
        r"|if\s+(?:i|we|he|she|it|they)\b.{1,60}\s(?:will|would|can|could|should)\s+(?:i|we|he|she|it|they))\b"
    ),
    "statement": (
        r"(?:(?:my\s+|the\s+)?\w+\s+(?:bailed|cancell?ed|declined|can't|cannot|couldn't|won't|isn't"
        r"|wasn't)(?!\w)|i|i'm|i've|i'll|i'd|you|you're|he|she|it|it's|we|we're|they|they're|there|this|that"
        r"|that's|those|these|my\s+\w+\s+(?:is|was|are|were|hurts?|aches?|feels?|looks?|seems?)|your|nobody"
        r"|everyone|the\s+\w+\s+(?:is"
        r"|are|was|were))\b"
    ),
    "outside": (
        r"(?:play|skip|shuffle|stream|listen|sing|pause|resume|rewind|replay|loop|next|previous"
        r"|navigate|directions?"
        r"|tell\s+(?:me|us)|google|search|look\s+up|translate\s+\w+\s+to|convert|define|explain"
        r"|describe|recommend"
        r"|suggest|open\s+up|launch|like|rate|react|laugh|find\s+(?:me|out|us|friends"
        r"|a\s+\w+(?:\s\w+)?\s+(?:near|to|on|from))"
        r"|turn\s+(?:on|off|up|down)|switch\s+(?:on|off)|dim|mute|unmute|increase|decrease|lower|raise|volume"
        r"|start\s+(?:the\s+|a\s+|my\s+)?(?:music|song|call|playlist|podcast|game)|put\s+on|answer"
        r"|hang\s+up|end\s+(?:the\s+)?(?:call|connection)"
        r"|stop|ignore|show|display|list|give\s+(?:me|us)|read\s+(?:me|my|new|(?:\w+\s+)*(?:messages?"
        r"|texts?|emails?|news))|read\s+text|say"
        r"|repeat|calculate\s+[0-9]|roll\s+a|flip\s+a\s+coin|spell|calling|buzz|keep\s+me\s+(?:up"
        r"|posted|updated)|walk\s+me\s+through|talk\s+to\s+me"
        r"|(?:send|write|reply|respond|message)\s+(?:(?:a|an|the|new|to|back)\s+)*(?:text|message"
        r"|email|sms|reply|video|voice)\b"
        r"|send\s+\w+(?:\s+and\s+\w+)?\s+(?:a|an)\s+(?:text|message|email)|message\s+\w+|(?:text"
        r"|voice)\s+message|make\s+a\s+(?:call|video)|place\s+a\s+call"
        r"|check\s+(?:my\s+)?(?:email|mail|messages|inbox)|check\s+(?:current\s+|the\s+)?(?:weather"
        r"|traffic|news)|(?:add|invite)\s+\w+\s+to\s+(?:the|this|current|my)\s+call)\b"
    ),
    "elsewhere": (
        r".*\b(?:weather|forecast|temperature|traffic|songs?|playlist|podcast|radio|spotify|pandora"
        r"|headlines|volume|raining|snowing|joke)\b"
        r"|(?:tell|give|show|read|send|find|keep)\s+(?:me|us)\b|(?:search|google|navigate|look\s+up"
        r"|say|repeat|skip)\b"
    ),
    "title_start": (
        r"(?:\s|[\"'.,:;!?()*-]|\b(?:(?:me|us)\s+to|to|that|about|of|for|called|named|titled|saying"
        r"|reading|regarding|(?:created|made|scheduled)(?=\s+(?:for|to|about))|(?:(?:that|which)\s+)?(?:tells|reminds)\s+me\s+(?:to|that|about|of)|telling\s+"
        r"me\s+(?:to|that|about)"
        r"|labell?ed|is|and|please|reminding\s+me\s+(?:to|of|about)|to\s+remind\s+me(?:\s+(?:to|of|about"
        r"|that))?|remember\s+to|upcoming|starting|remind\s+me(?=\s+not\b)|remind\s+me\s+(?:to|of|about"
        r"|that)|i\s+(?:need|have)\s+to|i\s+have\s+(?:an?|my|the)|i've\s+got\s+(?:an?|my|to)|i\s+should|i\s+"
        r"must"
        r"|which\s+says|that\s+says|says|on|at|by|in|from)\s+)*"
    ),
    "title_end": (
        r"(?:\s|[.,;:!?*\"-]|\b(?:to|on|at|by|for|from|of|and|please|the|every|each|starting"
        r"|scheduled|coming\s+up|until"
        r"|with|about|or|is|due|set|repeating|this|around|between|as|so|because|before|after)\b)*$"
    ),
    "reference_start": (
        rf"(?:\s|[\"'.,:;!?-]|\b(?:to[\s-]?do(?=\s+(?:{alternatives(verbs.VERBS)})\b)|the|my|our|a|an|all|any|every|of|that|this|those|these|previous"
        r"|existing|current|set|to|for|about|regarding|with|on|at|reminding\s+me\s+(?:to|of|about)"
        r"|(?:up|set)\s+for|i\s+(?:have\s+)?(?:set|made|created|had|added|got)(?:\s+up)?|i\s+have|from"
        r"|called|named|task|tasks|reminders?|alerts?|items?"
        r"|to[\s-]?do)\s+)*"
    ),
    "reference_end": (
        r"(?:\s|[.,;:!?\"-]|\b(?:to|on|at|by|in|for|from|of|the|please|tasks?|reminders?|alerts?"
        r"|items?|one|1|that|i\s+have|i\s+set|set|so|be|is|and|scheduled|now|already|every|each|off"
        r"|anymore|todo|to[\s-]?do|it\s+goes|goes\s+off|instead|new|date|back|up|again|late)\b"
        r"|,?\s(?:since|because|as\s+(?:i|we|he|she|it|they)(?:'m|'ve|'s|'re)?|now\s+that|so\s+that)\s.*"
        r"|[,.]\s+(?:it|it's|it'll|that's|he|he's|she"
        r"|she's|they|they're|we|we're|i|i'm|i've|i'll|there's|there)\s.*)*$"
    ),
    "query_text": (
        r"\b(?:about|for|with|named|called|labell?ed|referencing|regarding|mentioning|containing"
        r"|concerning|related\s+to)\s+(?:the\s+|my\s+)?(?P<text>[^\ue000\ue001]+)"
    ),
    "query_list": (
        r"(?:on|in|from|of|show|list|see|view|read|display|all|up|my|the)\s+(?:all\s+)?(?:the\s+|my\s+"
        r"|our\s+)*(?P<list>\w+(?:\s\w+)??)\s+list\b"
    ),
    "query_noise": r"(?:me|today|tomorrow|that|this|week|month|the|any|all|to-?do|to\s+do|task|new)",
    "done": r"\b(?:completed|finished|done)\b",
    "early": r"\b(?:wake|wake-?up|wakeup|get\s+up|alarm)\b",
}
SOURCES |= {
    "possessive": r"'s?(?!\w)",
    "alarm": r"\b(?:(?:wake[\s-]?up\s+)?alarms?|wake[\s-]?up|wake\s+(?:me|us)|wakeup)\b",
    "timer": r"\b(?:timers?|count\s?downs?|stop\s?watch|stop\s?clock)\b",
    "less": (
        r"^(?:take|subtract|remove|delete|decrease|reduce|shorten|lower|cut|deduct|bring\s+forward"
        r"|advance)\b|\bearlier\b"
    ),
}
