"""English expressions of time, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template
from conversations.agent.rules.languages.en.hours import HOUR_TEMPLATES, RANGE_TEMPLATES
from conversations.agent.rules.languages.en.recurring import RECURRENCE_TEMPLATES
from conversations.agent.rules.languages.en.words import NOT_ORDINAL

VOCABULARY: dict[str, str] = {
    "num": r"[0-9]{1,4}(?:\.[0-9]{1,2})?|an?\s+(?:further|additional)|another|an?",
    "half": r"\s+and\s+(?:0\.5|a\s+half)",
    "more": r"(?:\s+(?:more|extra|additional|further))?[\s-]?",
    "duration": r"{num}{half}?{more}{unit}{half}?(?:(?:\s+and|,\s+and|,)?\s+{num}[\s-]?{unit}){0,2}",
    "day_span": r"{num}{half}?[\s-]?(?:days?|weeks?|wks?|fortnights?|months?|quarters?|years?|yrs?)",
    "ord": r"[0-9]{1,2}(?:st|nd|rd|th)",
    "ord_or_last": r"[0-9](?:st|nd|rd|th)|last",
    "dom": r"[0-9]{1,2}(?:st|nd|rd|th)?",
    "year": r"(?:19|20|21)[0-9]{2}|'[0-9]{2}",
    "hour": r"[01]?[0-9]|2[0-4]",
    "minute": r"[0-5][0-9]",
    "ampm": r"[ap]\.?\s?m\.?(?![a-z'])",
    "at": r"at|around|about|@|by|from|before|after|until|till|to|for",
    "near": (
        r"(?:in|within)(?:\s+(?:about|around|exactly|roughly|approximately|approx|just|only|like|say))?"
    ),
    "next_year": r"(?:of\s+|in\s+)?(?:the\s+)?(?:next|following|coming)\s+year",
    "n": r"[0-9]{1,3}",
    "other": r"other|alternate|2nd|second",
    "day_name": r"{weekday}s?",
    "day_list": (
        r"{day_name}(?:(?:\s*,\s*and\s+|\s*,\s*or\s+|\s*,\s*|\s*&\s*|\s+and\s+(?:on\s+)?|\s+or\s+"
        r"|\s*-\s*|\s+to\s+|\s+through\s+|\s+thru\s+|\s+)(?:every\s+)?{day_name})*"
    ),
    "of_month": r"(?:of\s+)?(?:every|each|the|a)\s+month|monthly",
    "ord_list": r"{ord}(?:(?:\s*,\s*|\s+and\s+|\s*,\s+and\s+)(?:the\s+)?{ord})*",
}

_DAY_END = r"(?:(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?day|eod|close\s+of\s+business|cob)"

DATE_TEMPLATES: tuple[Template, ...] = (
    ("named", r"{days}"),
    ("tonight", r"tonight|tonite|this\s+night"),
    ("today_part", r"(?:this|today\s+in\s+the|later\s+this)\s+{part}"),
    (
        "now_word",
        r"(?:right|just)\s+now|immediately|at\s+the\s+(?:moment|present\s+time|present)|at\s+this\s+(?:time"
        r"|moment|point\s+in\s+time|very\s+moment)|at\s+present|currently|presently|atm|this\s+(?:instant"
        r"|very\s+(?:minute|moment|second))",
    ),
    (
        "now_word",
        r"(?<!from\s)(?<!by\s)(?<!until\s)(?<!till\s)(?<!for\s)(?<!before\s)(?<!than\s)now(?=\s*(?:$"
        r"|[.,;!?]))",
    ),
    ("weekday", r"(?:{which}\s+)?{weekday}(?:\s+(?:of\s+)?(?P<next_week>next\s+week))?"),
    ("weekday", r"(?P<next_week>next\s+week)\s+(?:on\s+)?{weekday}"),
    ("weekday_week", r"(?:the\s+)?{weekday}\s+after\s+next"),
    ("weekday", rf"(?:by\s+|at\s+)?{_DAY_END}\s+(?:on\s+)?(?:{{which}}\s+)?{{weekday}}"),
    ("named", rf"(?:by\s+|at\s+)?{_DAY_END}\s+{{days}}"),
    (
        "weekday_beside",
        r"(?:the\s+)?(?:(?P<ord>{ord})\s+)?(?:(?P<near_to>closest|nearest)\s+)?{weekday}\s+"
        r"(?P<near_to2>closest"
        r"|nearest)\s+to|(?:the\s+)?(?:(?P<ord2>{ord})\s+)?(?P<near_to3>closest|nearest)\s+{weekday}\s+to",
    ),
    (
        "weekday_beside",
        r"(?:the\s+)?(?:(?P<ord>{ord})\s+)?{weekday}\s+(?:immediately\s+|right\s+|just\s+"
        r")?(?:(?P<before>before"
        r"|prior\s+to|preceding)|after|following)",
    ),
    (
        "last_days",
        r"(?:the\s+)?(?:(?P<ord>{ord})(?:\s+to)?\s+last|(?P<ord2>{ord})[\s-]to[\s-]last)\s+day\s+(?:of"
        r"|in)\s+(?:{month}(?:\s+{year})?|(?:the|{which})\s+month)",
    ),
    ("weekday_after", r"{num}\s+{weekday}s\s+from\s+now"),
    (
        "weekday_week",
        r"(?:(?:for|by|until|till)\s+)?(?:a|1)\s+week\s+(?:from|on|after)\s+{weekday}|{weekday}\s+week",
    ),
    ("weekday_and_number", r"{weekday},?\s+(?:the\s+)?(?P<dom>{ord})"),
    (
        "month_day",
        r"(?:(?:{weekday}),?\s+)?(?:the\s+)?{dom}(?:\s+of)?[\s/-]+{month}(?:,?[\s/-]+{year}"
        r"|,?\s+{next_year})?",
    ),
    (
        "month_day",
        r"(?:(?:{weekday}),?\s+)?{month}[\s/,]+(?:the\s+)?{dom}(?:(?:\s*,\s*|\s+)(?:{year}|{next_year}))?",
    ),
    (
        "month_day",
        r"(?<!from\s)(?<!from\sthe\s)(?:the\s+)?(?:{dom}\s*(?:-|through|thru)|(?P<dom2>{ord})\s+(?:to|until))\s*(?:the\s+)?"
        r"[0-3]?[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?:,?\s+{year})?",
    ),
    ("month_day", r"{month}-{dom}-{year}"),
    (
        "month_day",
        r"{month}[\s/,]+(?:the\s+)?{dom}\s*(?:-|to|through|thru|until|till)\s*(?:the\s+)?(?:{month}\s+"
        r")?[0-3]?[0-9]"
        r"(?:st|nd|rd|th)?(?:(?:\s*,\s*|\s+){year})?(?!\s?[ap]\.?m)",
    ),
    ("month_day", r"{year}[,/-]?\s*{month}[\s/-]+{dom}"),
    ("month_day", r"{dom}[\s-]+{month}[\s-]+(?P<year>[0-9]{2})(?=\s*(?:$|[.,;!?]))"),
    ("iso", r"(?P<year>[12][0-9]{3})(?P<sep>[-/.])(?P<m>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])"),
    (
        "iso_moment",
        r"(?P<moment>[12][0-9]{3}-[01][0-9]-[0-3][0-9]t[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
        r"(?:z|[+-][0-2][0-9]:?[0-5][0-9])?)",
    ),
    (
        "numeric",
        r"(?:{weekday},?\s+)?(?P<a>[0-9]{1,2})\s?/\s?(?P<b>[0-9]{1,2})(?:\s?/\s?(?P<year>[0-9]{4}"
        r"|[0-9]{2}))?",
    ),
    ("numeric", r"(?P<a>[0-9]{1,2})(?P<sep>[-.])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})"),
    ("numeric", r"(?P<a>[0-9]{1,2})-(?P<b>[0-9]{1,2})-(?P<year>[0-9]{2})"),
    ("numeric", r"(?P<a>[0-9]{2})\.(?P<b>[0-9]{2})\.(?P<year>[0-9]{2})"),
    ("month_and_year", r"{month}(?:,?\s+of)?,?\s+{year}"),
    ("month_and_year", r"(?:in\s+|by\s+)?{month}\s+{next_year}|{next_year},?\s+in\s+{month}"),
    (
        "month_and_year",
        r"(?:the\s+)?(?:beginning|start|1th\s+(?:day|week))\s+(?:of|in)\s+{month}(?:\s+{year})?",
    ),
    (
        "month_and_year",
        r"(?!this\s+(?:may|march)\s+[a-z])(?:in|by|during|next|this)\s+(?:the\s+month\s+of\s+)?{month}(?!\s+[0-9])",
    ),
    ("month_and_year", r"(?:(?<=until\s)|(?<=till\s)){month}"),
    ("day_of_month", r"(?:on|by|before|for|until|till|from|due|to|dated)\s+the\s+(?P<dom>{ord})"),
    (
        "day_of_month",
        r"(?:on|by|before|for|until|till|due|to)\s+(?P<dom>{ord})(?=\s*(?:$|[.,;!?]|(?:at|instead)\b))",
    ),
    ("day_of_month", r"(?:the\s+)?{dom}(?:\s+day)?\s+of\s+(?:the|{which})\s+month"),
    ("day_of_month", r"{which}\s+month,?\s+(?:on\s+)?(?:the\s+)?(?P<dom>{ord})"),
    ("day_of_month", r"(?:the\s+)?week\s+of\s+the\s+(?P<dom>{ord})"),
    ("day_of_month", r"(?<=[ap]m\s)the\s+(?P<dom>{ord})(?=\s*(?:$|[.,;!?]))"),
    ("day_of_month", r"(?P<dom>{ord})(?=\s+(?:[01]?[0-9])(?::[0-5][0-9])?\s?[ap]\.?m)"),
    ("day_of_month", r"the\s+(?P<dom>{ord})(?=\s+(?:at|@)\s*[0-9]|\s+in\s+the\s+{part})"),
    ("day_of_week", r"(?:on\s+)?(?:the\s+)?{ord}\s+day\s+(?:of\s+)?{which}\s+week"),
    (
        "nth_weekday",
        r"(?:the\s+)?(?P<ord>{ord_or_last})\s+{weekday}\s+(?:of|in|this|next)\s+(?:this\s+|the\s+month\s+of"
        r"\s+)?{month}(?:\s+{year})?",
    ),
    ("nth_weekday", r"(?:the\s+)?(?P<ord>{ord_or_last})\s+{weekday}\s+(?:of|in)\s+(?:the|{which})\s+month"),
    (
        "month_end",
        r"(?:the\s+)?(?:last\s+day|end)\s+(?:of|in)\s+(?:{month}(?:\s+{year})?|(?:(?:the|{which})\s+)?month)",
    ),
    ("month_end", r"(?:the\s+)?month(?:'s)?\s+end|eom"),
    ("week_end", r"(?:the\s+)?end\s+of\s+(?:the|{which})\s+week|eow"),
    ("year_end", r"(?:the\s+)?end\s+of\s+(?:(?:the|{which})\s+year|(?:the\s+year\s+)?{year})"),
    ("year_end", r"(?:by\s+|at\s+)?(?:the\s+)?(?:year's\s+end|year[\s-]end)"),
    ("period", r"(?P<end>(?:the\s+)?end\s+of\s+(?:(?:the|{which})\s+)?(?P<unit>quarter))"),
    ("period", r"(?:in|by|during)\s+(?:the\s+year\s+)?{year}(?=\s*(?:$|[.,;!?]))"),
    (
        "day_end",
        r"(?:by\s+|the\s+|at\s+)*(?:end\s+of\s+(?:the\s+|this\s+)?day|(?:this\s+|the\s+)?day(?:'?s)?\s+end"
        r"|eod|close\s+of\s+business|cob)",
    ),
    ("week", r"(?:(?:the\s+)?(?:beginning|start)\s+of\s+)?{which}\s+week"),
    ("week", r"(?:(?:the\s+)?(?:beginning|start)\s+of\s+)?(?P<after_next>the\s+week\s+after\s+next)"),
    (
        "month_middle",
        r"(?:(?:in|by|at|around)\s+)?(?:the\s+)?(?:middle\s+of|mid)[\s-]+(?:{month}(?:\s+{year})?|(?:(?:the|{which})\s+)?month)",
    ),
    ("weekend", r"(?:in\s+)?{num}\s+weekends?\s+(?:from\s+(?:now|today)|hence)"),
    ("weekend", r"(?:{which}|on\s+the|over\s+the|at\s+the|for\s+the|during\s+the)\s+weekend"),
    ("period", r"(?:(?:the\s+)?(?:beginning|start)\s+of\s+)?{which}\s+(?P<unit>month|year)"),
    (
        "period",
        r"(?:(?:the\s+)?(?:beginning|start)\s+of\s+)?(?P<which>(?:the\s+)?(?:next|following))\s+(?P<unit>quarter)",
    ),
    ("holiday", r"(?:{which}\s+)?{holiday}(?:,?\s+(?:{year}|{next_year}))?"),
    (
        "from_now",
        r"{near}\s+(?:the\s+(?:next|coming|following)\s+)?{duration}(?:'s?\s+time)?(?:\s+from\s+(?:now"
        r"|today))?",
    ),
    (
        "from_now",
        r"{duration}\s+(?P<exact>hence|from\s+(?:right\s+now|this\s+(?:very\s+)?(?:second|minute|moment"
        r"|instant|hour)))",
    ),
    ("from_now", r"(?:(?:for|by|until|till)\s+)?{duration}\s+(?:from\s+(?:now|today|this\s+\w+)|later)"),
    ("from_now", r"\+\s?{duration}"),
    ("from_now", r"within\s+the\s+(?P<duration>{unit})"),
    ("from_now", r"(?:in|within)\s+the\s+(?:next|coming)\s+(?P<duration>hour)"),
    ("part_after", r"(?P<num>[0-9]{1,2})\s+{part}\s+(?:from\s+(?:now|today)|hence)"),
    ("clock", r"{hour}(?:[:.]{minute})?\s+in\s+the\s+{ampm}"),
    ("clock", r"(?:o\s|oh\s)?(?P<hour>[0-9]|1[0-9]|2[0-3])\s?(?:hundred|{minute})\s+(?:hours|hrs)"),
    ("clock", r"{hour}\s+hundred(?:\s+{ampm})?(?=\s*(?:$|[.,;!?]))"),
    ("hour_word", r"(?:today|tomorrow|this\s+day|{weekday})\s+(?P<hour>[01][0-9]|2[0-3]){minute}"),
    ("hour_word", r"{weekday}\s+{hour}(?=\s+(?:at\s+night|in\s+the\s+(?:morning|afternoon|evening)))"),
    (
        "shift",
        r"(?:(?:in|for|by|until|till)\s+)?(?P<duration>{day_span})\s+(?:(?P<before>before|prior\s+to|ahead\s+of)|after|from"
        r"|following)",
    ),
    (
        "clock_shift",
        r"(?P<duration>{num}{half}?[\s-]?(?:hours?|hrs?|minutes?|mins?))\s+(?:(?P<before>before|prior\s+to|ahead"
        r"\s+of)|after)",
    ),
    ("shift", r"(?<!for\s)(?P<duration>{num}\s+weeks?)(?=\s+(?:today|tomorrow)\b)"),
    ("shift", r"(?P<duration>week)\s+(?:from|after)"),
    ("shift", r"(?P<duration>the\s+(?:day|week|month))\s+(?:(?P<before>before|prior\s+to)|after|following)"),
    ("length", r"{duration}"),
    *HOUR_TEMPLATES,
    *RECURRENCE_TEMPLATES,
    *RANGE_TEMPLATES,
)

_AFTER_HOUR = (
    # what may follow "at 5" without making the number a part of the title, as in "at 5 Guys"
    r"\s*(?:$|[;!?)\n]|[.,](?![0-9])|(?:and|or|to|in|on|for|with|from|until|till|this|today"
    r"|tomorrow|tonight|every|each|about"
    r"|please|sharp|daily|instead|that|because|then|so|but)\b)"
)
_FILLER = (
    r"(?:[\s,()-]|\b(?:at|on|in|of|the|by|for|from|starting|beginning|around|about|before|and\s+at"
    r"|@|start|due"
    r"|sometime|later|early|late|after|this)\b|@)*"
)
_LEAD_IN = (
    r"(?:(?:\b(?:on|at|by|before|for|from|until|till|due|starting|beginning|after|around|about|this|during"
    r"|sometime|no\s+later\s+than|over|within|as\s+of|later)|@)\s*(?:on\s+)?(?:the\s+)?)+$"
)

SOURCES: dict[str, str] = {
    "after_hour": _AFTER_HOUR,
    "filler": _FILLER,
    "lead_in": _LEAD_IN,
    "begins": r"\b(?:starting|beginning|from|as\s+of)\b",
    "deadline": r"\b(?:by|before|due|until|till|no\s+later\s+than)\b",
    "guard": r"\s*(?:$|[.,;!?)\n]|(?:and|or|at|from|until|till|about|please|then|so|but|i|we|on)\b|@)",
    "after_adverb": (
        r"\s*(?:$|[.,;!?)]|(?:to|at|on|for|from|until|till|starting|in|and|please)\b|@|reminders?\b"
        r"|alarms?\b|tasks?\b"
        r"|alerts?\b|timers?\b|to-?dos?\b)"
    ),
    "preposition": (
        r"\b(?:on|by|before|for|until|till|at|due|after|next|this|every|last|from|since|over"
        r"|during)\s+(?:the\s+)?$"
    ),
    "not_ordinal": NOT_ORDINAL,
    "weekday": r"{weekday}s?(?!\w)",
    "range": r"-|\b(?:to|through|thru)\b",
    "workdays": r"(?:week|work|working|business)[\s-]?days?",
    "weekend": r"weekends?",
    "last": r"last",
}
