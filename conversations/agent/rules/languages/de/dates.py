"""German expressions of time, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template

VOCABULARY: dict[str, str] = {
    "num": r"[0-9]{1,4}(?:[.,][0-9]{1,2})?|eine[rnms]?|ein|'?ne[rnm]?",
    "half": r"\s+und\s+(?:0\.5|eine\s+halbe)",
    "more": r"\s?(?:(?:weitere[nr]?|mehr)\s+)?",
    "duration": r"{num}{half}?{more}{unit}{half}?(?:(?:\s+und|,)?\s+{num}\s?{unit})?",
    "day_span": r"{num}{half}?\s?(?:tage?n?|wochen?|monate?n?|jahre?n?)",
    "ord": r"[0-9]{1,2}(?:\.|s?te[rnms]?)",
    "ord_or_last": r"[0-9](?:\.|te[rnms]?)|letzte[rnms]?",
    "dom": r"[0-9]{1,2}(?:\.|s?te[rnms]?)?",
    # what may stand behind a day of the month that could also count a noun ("den 5. Band")
    "no_noun": r"(?=\s*(?:$|[,.;!?)]|(?:um|gegen|ab|bis|und|oder|von|früh|abends|morgens|mittags)\b))",
    "roughly": (
        r"(?:(?:so|kurz|punkt|genau|pünktlich|exakt|ungefähr|circa|ca\.?|etwa|rund|spätestens|frühestens"
        r"|schon|erst)\s+)*"
    ),
    "clock_end": r"(?:\s*(?:-|bis)\s*(?:um\s+)?(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9])?\s?uhr)",
    "year": r"(?:19|20|21)[0-9]{2}",
    "hour": r"[01]?[0-9]|2[0-4]",
    "minute": r"[0-5][0-9]",
    "at": r"um|gegen|ab|bis|vor|nach|auf|von|für|ca\.?|circa|etwa|ungefähr|punkt",
    "n": r"[0-9]{1,3}",
    "other": r"zweite[rnms]?|2\.|andere[rnms]?",
    "every": r"jede[rnms]?|alle",
    "day_name": r"{weekday}s?",
    "day_names": r"(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)(?:en|e)",
    "day_list": (
        r"{day_name}(?:(?:\s*,\s*und\s+|\s*,\s*|\s*&\s*|\s+und\s+(?:am\s+"
        r"|jeden\s+)?|\s+oder\s+|\s*-\s*|\s+bis\s+"
        r"|\s+)(?:am\s+|jeden\s+)?{day_name})*"
    ),
    "ord_list": r"{ord}(?:(?:\s*,\s*|\s+und\s+)(?:am\s+|den\s+)?{ord})*",
    "the_month": r"(?:des|dieses|diesen|im|in\s+diesem)\s+monats?|{which}\s+monats?",
}

DATE_TEMPLATES: tuple[Template, ...] = (
    ("named", r"{days}"),
    ("tonight", r"heute\s+nacht"),
    ("today_part", r"(?:heute|diese[rnms]?)\s+(?:am\s+)?{part}"),
    (
        "now_word",
        r"jetzt\s+(?:gleich|sofort)|(?:gerade|genau|eben)\s+(?:jetzt|eben)|gleich\s+jetzt|sofort|umgehend"
        r"|unverzüglich"
        r"|auf\s+der\s+stelle|in\s+diesem\s+(?:moment|augenblick)",
    ),
    (
        "weekday",
        r"(?:{which}\s+)?{weekday}(?:\s+(?P<next_week>nächste[rn]?\s+woche|der\s+nächsten\s+woche))?",
    ),
    ("weekday", r"{weekday}\s+(?P<this_week>(?:in\s+)?dieser\s+woche)"),
    (
        "weekday",
        r"{weekday}\s+(?P<week_after>in\s+(?:2\s+wochen|14\s+tagen))|(?P<week_after2>in\s+2"
        r"\s+wochen)\s+am\s+{weekday}",
    ),
    ("weekday", r"(?P<next_week>nächste[rn]?\s+woche)\s+(?:am\s+)?{weekday}"),
    ("weekday_week", r"übernächste[nr]?\s+{weekday}"),
    (
        "weekday_week",
        r"{weekday}\s+in\s+(?:(?:einer|1)\s+woche|8\s+tagen)|in\s+(?:einer|1)\s+woche\s+(?:am"
        r"\s+){weekday}|(?:eine"
        r"|1)\s+woche\s+(?:ab|nach)\s+{weekday}",
    ),
    ("weekday_and_number", r"{weekday},?\s+(?:den\s+|dem\s+|der\s+)?(?P<dom>{ord})"),
    (
        "month_day",
        r"(?:{weekday},?\s+)?(?:de[nmr]\s+)?{dom}\s?{month}(?:,?\s+(?:im\s+jahre?\s+"
        r"|des\s+jahres\s+)?{year}|\s+(?P<year2>'?[0-9]{2})(?=\s*(?:$|[,;!?)])))?",
    ),
    (
        "month_day",
        r"(?:{weekday},?\s+)?{month}\s+(?P<dom>[0-9]{1,2}\.?)(?!\s?uhr)(?:,?\s+(?:im\s+jahre?\s+"
        r"|des\s+jahres\s+)?{year})?",
    ),
    ("month_day", r"(?:am\s+)?(?P<dom>{ord})\s+tag\s+(?:im|des)\s+{month}(?:s|es)?(?:\s+{year})?"),
    (
        "month_day",
        r"{dom}[/-]{month}[/-]{year}|{month}[/-](?P<dom2>[0-9]{1,2})[/-]{year}"
        r"|{year}[/-]{month}[/-](?P<dom3>[0-9]{1,2})",
    ),
    ("iso", r"(?P<year>[12][0-9]{3})-(?P<m>[01]?[0-9])-(?P<d>[0-3]?[0-9])"),
    (
        "numeric",
        (
            r"(?:{weekday},?\s+)?(?:de[nmr]\s+)?(?P<a>[0-9]{1,2})\.\s?(?P<b>[0-9]{1,2})\.\s?(?"
            r"P<year>[0-9]{4}|[0-9]{2})?"
        ),
    ),
    ("numeric", r"(?:am|für|vom|bis|zum|ab|den)\s+(?P<a>[0-3]?[0-9])\.(?P<b>[01]?[0-9])(?=\s*$)"),
    ("numeric", r"(?P<a>[0-9]{1,2})(?P<sep>[-/])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})"),
    (
        "numeric",
        r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2}){no_noun}|(?:am|bis|zum"
        r"|vom)\s+(?P<a2>[0-9]{1,2})/(?P<b2>[0-9]{1,2})",
    ),
    ("month_and_year", r"{month}(?:\s+des\s+jahres)?\s+{year}"),
    ("month_and_year", r"(?:im|in\s+diesem|kommenden|nächsten|bis|ab|anfang)\s+{month}"),
    (
        "day_of_month",
        r"am\s+(?P<dom>{ord})(?!\s+(?:tag|abend|morgen|wochenende|mal|versuch|schritt|teil|stock|projekt"
        r"|{weekday}))"
        r"|(?:zum|vom|ab|den|dem|bis)\s+(?:dem\s+|den\s+)?(?P<dom2>{ord}){no_noun}",
    ),
    ("day_of_month", r"(?P<dom>{ord})\s+(?:des\s+|im\s+)?{which}\s+monats?|(?P<dom2>{ord})\s+des\s+monats"),
    ("nth_weekday", r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:im|in|des)\s+{month}(?:\s+{year})?"),
    ("nth_weekday", r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:(?:im|in|des)\s+)?(?:{which}\s+)?monats?"),
    (
        "month_end",
        r"monatsende|(?:ende|letzte[rnms]?\s+tag)\s+(?:{the_month}|(?:im\s+|des\s+)?{month}(?:\s+{year})?)",
    ),
    ("week_end", r"ende\s+(?:der|dieser|{which})\s+woche"),
    ("year_end", r"jahresende|ende\s+(?:des|dieses)\s+jahres"),
    ("day_end", r"ende\s+des\s+tages|feierabend"),
    ("week", r"{which}\s+woche"),
    ("weekend", r"(?:{which}|am|übers|fürs|zum)\s+wochenende"),
    ("period", r"{which}\s+(?P<unit>monat|jahr)s?"),
    ("holiday", r"(?:{which}\s+)?{holiday}(?:\s+(?:im\s+jahre?\s+|des\s+jahres\s+)?{year})?"),
    ("holiday", r"(?:(?<=vor\s)|(?<=nach\s))(?=(?P<at>\w+)){holiday}(?:\s+{year})?"),
    # long compounds are days wherever they stand
    ("holiday", r"(?=(?P<at>\w+(?:tag|anfang|beginn|mittwoch|leichnam|fastnacht))\b){holiday}"),
    (
        "holiday",
        r"(?P<at>zu|an|am|bis|vor|ab)\s+(?:de[mnr]\s+|zum\s+)?{holiday}(?:\s+(?:im\s+jahre?\s+)?{year})?",
    ),
    (
        "from_now",
        r"(?:in|binnen|innerhalb(?:\s+von)?)\s+(?:(?:ca\.?|circa|etwa|ungefähr|rund|genau|gut"
        r"|spätestens)\s+)?"
        r"(?:de[nrs]\s+(?:nächsten|kommenden)\s+)?{duration}(?:\s+(?:ab|von)\s+(?:jetzt|heute"
        r"|nun)(?:\s+an)?)?",
    ),
    ("from_now", r"{duration}\s+(?:(?:ab|von)\s+(?:jetzt|heute|nun)(?:\s+an)?|später)"),
    ("from_now", r"heute\s+in\s+{duration}"),
    ("shift", r"(?P<duration>{day_span})\s+(?:(?P<before>vor)|nach)"),
    ("shift", r"(?:am|den|einen)\s+(?P<duration>tag)\s+(?:(?P<before>vor)|nach)"),
    ("length", r"{duration}"),
    (
        "clock",
        r"{hour}(?:[:.]{minute}(?::[0-5][0-9])?)?\s?uhr(?:{clock_end}"
        r"|\s+(?P<minute2>[0-5]?[0-9])(?!\s?(?:{unit}|\.)))?",
    ),
    (
        "clock",
        r"(?:von\s+|zwischen\s+)?{hour}(?:[:.]{minute})?(?:\s?uhr)?\s*(?:-|bis|(?<!\w)und)\s*(?:[01]?[0-9]"
        r"|2[0-4])(?:[:.][0-5][0-9])?\s?uhr",
    ),
    ("hour_word", r"(?:von|zwischen)\s+{hour}\s+(?:bis|und)\s+(?:[01]?[0-9]|2[0-4])"),
    ("clock", r"punkt\s+{hour}"),
    ("clock", r"(?:um|gegen|ab|bis)\s+{hour}\s?h"),
    ("hour_word", r"um\s+(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])"),
    ("clock", r"{hour}:{minute}(?::[0-5][0-9])?"),
    ("clock", r"(?P<hour>[01]?[0-9]|2[0-3])h{minute}?"),
    ("hour_word", r"{at}\s+{roughly}{hour}(?:\.{minute})?"),
    ("relative_clock", r"(?P<amount>halb|drei\s?viertel)\s+{hour}(?:\s+uhr)?"),
    (
        "relative_clock",
        r"(?P<amount>viertel|[0-5]?[0-9](?:\s+minuten?)?)\s+(?:nach|(?P<before>vor))\s+(?:"
        r"(?P<half_hour>halb)\s+)?"
        r"(?:{hour}(?:\s+uhr)?|(?P<part>mittag|mitternacht))",
    ),
    ("part", r"(?:am|in\s+der|zu|zum|zur|gegen|um)\s+(?:(?:ganz\s+)?(?:frühen|späten|früh|spät)\s+)?{part}"),
    (
        "part",
        r"(?P<part>mitternachts?|mittags|nachmittags|vormittags|abends|morgens|nachts|frühmorgens|spätabends"
        r"|spätnachmittags|in\s+der\s+früh(?:e)?)",
    ),
    ("weak_part", r"(?:früh\s+am\s+|spät\s+am\s+)?{part}"),
    ("weekdays", r"(?:immer\s+)?{every}\s+(?:{other}\s+|{n}\.?\s+)?(?P<list>{day_list})(?:\s+{part})?"),
    (
        "weekdays",
        r"(?:immer\s+)?(?P<list>(?:{weekday}s)(?:(?:\s*,\s*|\s+und\s+|\s+bis\s+"
        r"|\s*-\s*)(?:{weekday}s?))*)(?:\s+{part})?",
    ),
    (
        "weekdays",
        r"(?:an|für|nur\s+an)\s+(?:alle[n]?\s+|de[n]\s+|die\s+)?"
        r"(?P<list>{day_names}(?:(?:\s*,\s*|\s+und\s+)(?:an\s+)?{day_names})*)(?:\s+{part})?",
    ),
    ("weekdays", r"(?:immer\s+)?(?:von\s+)?(?P<list>{weekday}\s*(?:bis|-)\s*{weekday})"),
    ("weekdays", r"(?P<list>unter\s+der\s+woche)"),
    ("weekdays", r"(?:immer|jeweils)\s+(?:am\s+)?(?P<list>{day_list})(?:\s+{part})?"),
    (
        "weekdays",
        (
            r"(?:{every}\s+|an\s+(?:allen\s+|jedem\s+)?)?(?P<list>werktags"
            r"|wochentags|werktage?n?|wochentage?n?|arbeitstage?n?)"
        ),
    ),
    ("weekdays", r"(?:{every}|an\s+(?:den|allen))\s+(?P<list>wochenenden?)"),
    (
        "all_but",
        (
            r"(?:jeden\s+tag|täglich)\s*,?\s+(?:außer|ausser|nur\s+nicht)\s+(?:am\s+"
            r"|an\s+)?(?P<list>{day_list}|wochenenden?)"
        ),
    ),
    (
        "units",
        (
            r"{every}\s+(?:{other}\s+|{n}\.?\s+)?{unit}(?:\s+(?:am|jeweils)\s+(?:(?P<list>{day"
            r"_list})|(?P<dom>{ord_list})))?"
        ),
    ),
    (
        "units",
        r"(?:einmal|1\s?mal|1x)\s+(?:pro|im|in\s+der|am|die)\s+{unit}(?:\s+am\s+(?P<list>{day_list}))?",
    ),
    ("units", r"[0-9]+\s?(?:mal|x)\s+(?:pro|im|in\s+der|am|die|den|jede[nsr]?)\s+{unit}"),
    ("adverb", r"[0-9]+\s?(?:mal|x)\s+{adverb}"),
    ("adverb", r"{adverb}(?:\s+(?:am|jeweils)\s+(?:(?P<list>{day_list})|(?P<dom>{ord_list})))?"),
    ("parts", r"{every}\s+{part}"),
    (
        "month_days",
        (
            r"(?:am\s+|immer\s+)*(?:de[nmr]\s+)?(?P<dom>{ord_list})\s+(?:eines\s+)?(?:jede[nrm"
            r"s]\s+|im\s+)(?:{other}\s+)?monats?"
        ),
    ),
    ("month_days", r"(?:immer|jeweils)\s+(?:am|zum)\s+(?P<dom>{ord_list})\s+(?:des|im)\s+monats?"),
    (
        "month_days",
        r"(?:am\s+|zum\s+)?(?:letzten\s+tag|ende)\s+(?:eines\s+)?jede[snr]\s+monats|(?:immer"
        r"|jeweils)\s+(?:am|zum)\s+(?:monatsende|ende\s+des\s+monats)",
    ),
    ("month_starts", r"(?:am|zu|zum)?\s*(?:anfang|beginn)\s+(?:eines\s+)?jede[snr]\s+monats"),
    (
        "month_weekdays",
        r"(?:am\s+|an\s+|jeden\s+|immer\s+am\s+)(?:jedem\s+)?(?P<ords>(?:{ord_or_last})(?:"
        r"\s+und\s+(?:{ord_or_last}))*)"
        r"\s+(?P<list>{day_list})\s+(?:im|eines\s+jeden|jede[ns]|des)\s+monats?",
    ),
    ("yearly", r"(?:{every}|jedes\s+jahr\s+(?:am|im))\s+(?P<dom>{dom})\s?{month}"),
    ("bound", r"(?:für|während)\s+(?:die\s+nächsten\s+)?{duration}"),
    ("bound", r"{duration}\s+lang"),
    ("times", r"{num}\s?(?:mal|x)"),
    ("until", r"bis(?:\s+(?:zum|einschließlich))?"),
)

_AFTER_HOUR = (
    r"\s*(?:$|[;!?)\n]|[.,](?![0-9])|(?:und|oder|zu|in|am|im|an|für"
    r"|mit|bis|von|heute|morgen|übermorgen|jeden|jede"
    r"|bitte|früh|abends|morgens|nachmittags|statt|stellen|ein|einstellen"
    r"|aufstehen|auf|um|ab|dass|daran|die|den|das|der)\b)"
)

SOURCES: dict[str, str] = {
    "after_hour": _AFTER_HOUR,
    "filler": (
        r"(?:[\s,()-]|\b(?:um|am|im|an|in|der|den|dem|des|ab|gegen|von"
        r"|vom|zum|beginnend|jeweils|so|ca\.?|circa|etwa|ungefähr|rund|punkt|pünktlich|genau|exakt|schon|erst"
        r"|spätestens|und\s+um|auf|für)\b)*"
    ),
    "lead_in": (
        r"(?:\b(?:am|an|um|bis|vor|für|ab|gegen|im|in|nach|zum|vom|von"
        r"|auf|zwischen|spätestens|frühestens|beginnend|jeweils|immer|den|dem|so|kurz|punkt"
        r"|pünktlich|genau|exakt|rund"
        r"|fällig|circa|ca\.?|etwa|ungefähr)\s*(?:zum\s+|de[mnr]\s+|die\s+)?)+$"
    ),
    "tail": r"\s+(?:spätestens|allerspätestens|pünktlich|r?um\s+den\s+dreh|rum|herum|oder\s+so|scharf)(?!\w)",
    "begins": r"\b(?:ab|beginnend|von)\b",
    "deadline": r"\b(?:bis|vor|spätestens|fällig)\b",
    "guard": r"\s*(?:$|[.,;!?)\n]|(?:und|oder|um|von|bis|bitte|dann|ab|zu|an|die|den|das|eine?n?)\b)",
    "after_adverb": (
        r"\s*(?:$|[.,;!?)]|(?:um|am|an|im|bis|ab|für|zu|bitte|und|die|den"
        r"|das|an)\b|erinner|wecker|(?:\S+\s+){0,6}?\w+(?:en|ern|eln)\s*$)"
    ),
    "preposition": (
        r"\b(?:am|bis|vor|ab|nach|für|um|nächsten|diesen|jeden|letzten"
        r"|vom|von|zum)\s+(?:den\s+|dem\s+)?$"
    ),
    "weekday": r"(?!die\b){weekday}(?:s|en|e)?(?!\w)",
    "range": r"-|\bbis\b",
    "workdays": r"werktag|wochentag|arbeitstag|unter\s+der",
    "weekend": r"wochenende",
    "last": r"letzt",
}
