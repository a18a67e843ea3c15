"""English expressions of times of day, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template

_DAY_START = r"(?:today|tomorrow|tonight|this\s+(?:morning|afternoon|evening)|on\s+{weekday}|{weekday})"

HOUR_TEMPLATES: tuple[Template, ...] = (
    (
        "clock",
        r"{hour}(?:\s?[:.h]\s?{minute}(?:[:.][0-5][0-9](?:\.[0-9]{1,6})?)?|\s{minute}|{minute})?\s?{ampm}",
    ),
    ("clock", r"{hour}:{minute}(?::[0-5][0-9](?:\.[0-9]{1,6})?)?\s?(?P<ampm>[ap])?"),
    ("clock", r"(?P<hour>[01]?[0-9]|2[0-3])h{minute}?"),
    ("clock", r"{hour}(?:[:.]{minute})?\s?o'?\s?clock"),
    ("hour_word", r"(?:at|for|alarm)\s+(?P<hour>0?[0-9]|1[0-9]|2[0-3])[.]?{minute}"),
    ("hour_word", r"(?:to|now)\s+(?P<hour>0[0-9]){minute}"),
    ("hour_word", r"(?:to)\s+(?P<hour>[0-9]|1[0-9]|2[0-3])[.]\s?{minute}"),
    ("clock", r"(?P<hour>[01][0-9]|2[0-3])\s?{minute}\s+hours"),
    ("hour_word", r"{at}\s+{hour}"),
    ("hour_word", r"{at}\s+{hour}[\s.]{minute}"),
    ("hour_word", r"@{hour}"),
    ("hour_word", r"{hour}(?=\s+(?:tonight|o'?\s?clock|in\s+the\s+(?:morning|afternoon|evening)))"),
    ("clock", r"(?:{at}\s+)?{hour}\s+(?:oh|o|zero)[\s-](?P<minute>[1-9])(?:\s?{ampm})?"),
    ("hour_word", rf"{{hour}}\s{{minute}}(?=\s+{_DAY_START})"),
    ("hour_word", r"^{hour}(?=\s+tomorrow|\s+today)"),
    ("hour_word", rf"(?P<hour>[01][0-9]|2[0-3]){{minute}}(?=\s+{_DAY_START})"),
    (
        "relative_clock",
        r"(?:(?:at|for|from|by|until|till|before|after)\s+)?(?:a\s+)?(?P<amount>half)(?:\s+past)?\s+"
        r"{hour}(?:\s?{ampm})?",
    ),
    (
        "relative_clock",
        r"(?:(?:at|for|from|by|until|till|before|after)\s+)?(?:a\s+)?(?P<amount>quarter|[0-5]?[0-9](?:\s+"
        r"min(?:ute)?s?)?(?=\s+past|\s+after"
        r"|\s+to\s+(?:noon|midnight)))"
        r"\s+(?:past|after|(?P<before>to|till|before|of))\s+(?:{hour}(?:\s?{ampm})?|{part})",
    ),
    (
        "relative_clock",
        r"(?P<amount>[0-5]?[0-9])\s+min(?:ute)?s?\s+(?:past|(?P<before>to"
        r"|before))\s+(?:{hour}(?:\s?{ampm}|h)?|{part})",
    ),
    (
        "relative_clock",
        r"(?:(?:at|by|until|till|before|after)\s+|^)(?P<amount>5|10|20|25)\s+(?P<before>to|till|of)\s+"
        r"{hour}(?:\s?{ampm})?",
    ),
    ("part", r"(?:in|during)\s+the\s+{part}"),
    (
        "part",
        r"at\s+(?:the\s+crack\s+of\s+)?(?P<part>night|noon|midnight|midday|lunchtime|lunch\s+time|bedtime"
        r"|dawn|dusk"
        r"|sunrise|sunset|sunup|sundown|daybreak|nightfall|breakfast|dinner\s?time|supper\s?time|tea\s?time)",
    ),
    ("part", r"(?:12\s+)?(?P<part>noon|midday|midnight)"),
    ("weak_part", r"(?<!'\s)(?<!'s\s)(?:early\s+|late\s+|the\s+)?{part}"),
)

RANGE_TEMPLATES: tuple[Template, ...] = (
    (
        "clock_range",
        r"between\s+{hour}(?:[:\s]{minute})?\s?{ampm}?\s+and\s+"
        r"(?P<to_hour>[01]?[0-9])(?P<to_minute>[:\s][0-5][0-9])?\s?"
        r"(?P<half>[ap]\.?\s?m\.?)",
    ),
    (
        "clock_range",
        r"(?:from|between)\s+{hour}(?:[:\s]{minute})?\s?(?:-|to|until|till|and)\s?(?P<to_hour>[01]?[0-9])"
        r"(?P<to_minute>[:\s][0-5][0-9])?(?!\s?[ap]\.?\s?m|\s+\w+s\b|\s+{month})",
    ),
    (
        "clock_range",
        r"{hour}(?::{minute})?\s?{ampm}?\s?(?:-|to|until"
        r"|till)\s?(?P<to_hour>[01]?[0-9])(?P<to_minute>:[0-5][0-9])?\s?(?P<half>[ap]\.?\s?m\.?)",
    ),
    (
        "clock_range",
        r"(?:from\s+)?{hour}(?::{minute})?\s?(?P<ampm>p\.?m\.?)\s?(?:-|to|until|till)\s?(?P<to_hour>[01]?[0-9])"
        r"(?P<to_minute>:[0-5][0-9])?\s?(?P<half>a\.?m\.?)\s+(?P<next_day>tomorrow)",
    ),
)
