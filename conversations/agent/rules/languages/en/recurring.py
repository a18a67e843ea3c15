"""English expressions of what comes again and again, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template

_ORDINALS = r"(?:{ord_or_last})(?:(?:\s+and\s+|\s*,\s*)(?:the\s+)?(?:{ord_or_last}))*"
_NUMBERED = rf"{_ORDINALS}\s+(?:{{weekday}})s?"
_WORKDAY = r"(?:week|work|working|business)[\s-]?days?"
_FROM_THE_END = r"(?P<back>[1-5](?:st|nd|rd|th))[\s-]+(?:to[\s-]+)?last"

RECURRENCE_TEMPLATES: tuple[Template, ...] = (
    (
        "weekdays",
        r"(?:(?:every|each)\s+(?:single\s+)?)(?:{other}\s+|{n}(?:st|nd|rd"
        r"|th)?\s+)?(?P<list>{day_list})(?:\s+{part}(?!\s+of))?",
    ),
    (
        "weekdays",
        r"(?:on\s+)?(?P<list>(?:{weekday}s)(?:(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+|\s+&\s+)(?:{day_name}))*)",
    ),
    ("weekdays", r"(?:on\s+)?(?P<list>(?:{weekday}))\s+(?P<part>mornings|evenings|nights|afternoons)"),
    (
        "weekdays",
        r"(?:(?:every|each)\s+(?:{other}\s+)?|on\s+)(?P<list>(?:week|work)\s?days?|weekends?"
        r"|business\s+days?)(?:\s+{part})?",
    ),
    ("weekdays", r"(?P<list>weekdays|weekends)(?:\s+{part})?"),
    (
        "all_but",
        r"(?:every\s?day|daily)\s*,?\s+(?:except|but"
        r"|besides)\s+(?:for\s+)?(?:on\s+)?(?P<list>{day_list}|weekends)",
    ),
    (
        "units",
        r"(?:every|each)\s+(?:{other}\s+|{n}(?:st|nd|rd|th)?[\s-]*)?{unit}"
        r"(?:\s+(?:on|every)\s+(?:the\s+)?(?P<list>{day_list}|weekends?|(?:week|work)\s?days?)"
        r"|\s+on\s+(?:the\s+)?(?P<dom>{ord_list})"
        r"|\s+on\s+{month}\s+(?P<dom2>[0-9]{1,2}(?:st|nd|rd|th)?))?",
    ),
    (
        "month_weekdays",
        r"(?:(?:every|each)\s+(?:{other}\s+|{n}\s+)?month|monthly|once\s+(?:a|every|per)\s+month)\s+on\s+"
        r"(?:the\s+)?"
        r"(?P<ords>(?:{ord_or_last})(?:(?:\s+and\s+|\s*,\s*)(?:the\s+)?(?:{ord_or_last}))*)\s+"
        r"(?P<list>{day_list})",
    ),
    (
        "month_weekdays",
        r"(?:(?:once\s+)?(?:a|per|every|each)\s+year\s+on|yearly\s+on|annually\s+on|every|each)\s+(?:the\s+)?"
        r"(?P<ords>{ord_or_last})\s+(?P<list>{weekday})\s+(?:of|in)\s+{month}",
    ),
    (
        "month_weekdays",
        r"(?P<every_year>(?:once\s+)?(?:every|each|a|per)\s+year|yearly|annually)\s+on\s+(?:the\s+)?"
        r"(?P<ords>{ord_or_last})\s+(?P<list>{weekday})",
    ),
    (
        "month_weekdays",
        r"(?:(?:every|each)\s+(?:{other}\s+|{n}\s+)?month|monthly)\s+on\s+(?:the\s+)?"
        rf"{_FROM_THE_END}\s+(?P<list>{{weekday}})",
    ),
    (
        "month_weekdays",
        rf"(?:on\s+)?(?:the\s+)?{_FROM_THE_END}\s+(?P<list>{{weekday}})\s+(?:of|in)\s+(?:every|each)\s+"
        r"(?:{other}\s+|{n}\s+)?month",
    ),
    (
        "month_weekdays",
        rf"(?:on\s+)?(?:the\s+)?(?P<pairs>{_NUMBERED}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:on\s+)?(?:the\s+)?"
        rf"{_NUMBERED})+)\s+(?:of|in)\s+(?:every|each|the)\s+(?:{{other}}\s+|{{n}}\s+)?months?",
    ),
    (
        "month_weekdays",
        r"(?:(?:every|each)\s+(?:{other}\s+|{n}\s+)?month|monthly)\s+on\s+(?:the\s+)?"
        rf"(?P<pairs>{_NUMBERED}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:on\s+)?(?:the\s+)?{_NUMBERED})+)",
    ),
    (
        "month_positions",
        r"(?:(?:every|each)\s+(?:{other}\s+|{n}\s+)?month|monthly)\s+on\s+(?:the\s+)?"
        rf"(?P<ords>{_ORDINALS})\s+(?:(?:instances?|occurrences?)\s+of\s+(?P<list>{{day_list}})"
        rf"|(?P<list2>{_WORKDAY}))",
    ),
    (
        "month_positions",
        rf"(?:on\s+)?(?:the\s+)?(?P<ords>{_ORDINALS})\s+(?P<list>{_WORKDAY})\s+(?:of|in)\s+(?:every|each)\s+"
        r"(?:{other}\s+|{n}\s+)?month",
    ),
    (
        "month_positions",
        rf"(?:every|each)\s+(?P<ords>{_ORDINALS})\s+(?P<list>{_WORKDAY})\s+(?:of|in)\s+(?:the|a|every|each)\s+"
        r"month",
    ),
    (
        "year_days",
        r"(?:(?:every|each)\s+year|yearly|annually)\s+on\s+(?:the\s+)?(?P<ord>[0-9]{1,3}(?:st|nd|rd|th))\s+day",
    ),
    (
        "year_days",
        r"(?:on\s+)?(?:the\s+)?(?P<ord>[0-9]{1,3}(?:st|nd|rd|th))(?:\s+day)?\s+of\s+(?:every|each)\s+year",
    ),
    (
        "month_starts",
        r"(?:at\s+|on\s+)?(?:the\s+)?(?:beginning|start|first\s+day)\s+of\s+(?:every|each)\s+(?:{other}\s+"
        r")?month",
    ),
    ("units", r"(?:once|1\s+time)\s+(?:a|every|per)\s+(?:{n}\s+)?{unit}(?:\s+on\s+(?P<list>{day_list}))?"),
    ("adverb", r"{adverb}(?:\s+(?:on|every)\s+(?:the\s+)?(?:(?P<list>{day_list})|(?P<dom>{ord_list})))?"),
    ("parts", r"(?:every|each)\s+(?:{other}\s+)?(?:single\s+)?{part}"),
    (
        "month_days",
        r"(?:on\s+)?(?:the\s+)?(?P<dom>{ord_list})(?:\s+days?)?\s+(?:of\s+)?(?:(?:every"
        r"|each)\s+(?:{other}\s+|{n}\s+)?month)",
    ),
    (
        "month_days",
        r"(?:on\s+)?(?:the\s+)?(?:last\s+day|end)\s+(?:of\s+)?(?:(?:every|each)\s+(?:{other}\s+)?month)",
    ),
    ("month_days", r"(?:every|each)\s+(?P<dom>{ord_list})(?:\s+(?:of\s+(?:the|each|every)\s+month))?"),
    (
        "month_weekdays",
        r"(?:on\s+)?(?:the\s+|every\s+|each\s+)?(?P<ords>(?:{ord_or_last})(?:(?:\s+and\s+"
        r"|\s*,\s*)(?:the\s+)?(?:{ord_or_last}))*)"
        r"\s+(?P<list>{day_list})\s+(?:of\s+|in\s+)?(?:every|each|the)\s+(?:{other}\s+|{n}\s+)?months?",
    ),
    (
        "month_weekdays",
        r"(?:every|each|monthly\s+on)\s+(?:the\s+)?(?P<ords>[1-5](?:st|nd|rd|th)"
        r"|last)\s+(?P<list>{day_list})(?:\s+(?:of|in)\s+(?:the|each|every)\s+month)?",
    ),
    ("yearly", r"(?:every|each)(?:\s+year\s+on)?\s+{month}\s+(?P<dom>{dom})"),
    ("yearly", r"(?:every|each)(?:\s+year\s+on)?\s+(?:the\s+)?(?P<dom>{dom})\s+(?:of\s+)?{month}"),
    ("bound", r"for\s+(?:the\s+next\s+)?{duration}"),
    ("bound", r"for\s+the\s+next\s+(?P<duration>{unit})"),
    ("times", r"(?:for\s+)?{num}\s+(?:times|occurrences)"),
    ("until", r"until|till|through|ending(?:\s+on)?|up\s+to"),
)
