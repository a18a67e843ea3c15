"""French expressions of time, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template
from conversations.agent.rules.languages.fr.words import NOT_ORDINAL

VOCABULARY: dict[str, str] = {
    "num": r"[0-9]{1,4}(?:\.[0-9]{1,2})?|une?",
    "half": r"\s+et\s+(?:demie?|0\.5)",
    "more": r"[\s-]?(?:autres\s+)?",
    "duration": r"{num}{half}?{more}{unit}(?:{half}|(?:(?:\s+et|,)?\s*{num}\s?{unit})|"
    r"\s?[0-5][0-9](?!\w|\s?{unit}))?",
    "day_span": r"{num}{half}?\s?(?:jours?|semaines?|mois|ans?|années?)",
    "ord": r"[0-9]{1,2}(?:er|e|ème)",
    "ord_or_last": r"[0-9](?:er|e|ème)|derni(?:er|ère)s?",
    "dom": r"[0-9]{1,2}(?:er|e)?",
    "year": r"(?:19|20|21)[0-9]{2}",
    "hour": r"[01]?[0-9]|2[0-4]",
    "minute": r"[0-5][0-9]",
    "ampm": r"[ap]\.?\s?m\.?(?!\w)|[ap](?!\w)",
    "h": r"\s?(?:h(?:eures?)?|:)\s?",
    "at": r"à|a|vers|avant|après|dès|pour|jusqu'à|depuis|de",
    "n": r"[0-9]{1,3}",
    "other": r"deuxième|2e",
    "every": r"chaque|tous\s+les|toutes\s+les",
    "day_name": r"{weekday}s?",
    "day_list": (
        r"{day_name}(?:(?:\s*,\s*et\s+|\s*,\s*|\s+et\s+|\s+ou\s+|\s*-\s*"
        r"|\s+au\s+|\s+à\s+|\s+)(?:les?\s+|chaque\s+)?{day_name})*"
    ),
    "month_of": r"(?:de\s+|du\s+)?(?:chaque|tous\s+les)\s+mois|du\s+mois",
    "edge": r"(?:à\s+la\s+|au\s+|en\s+|le\s+|la\s+|vers\s+(?:la\s+|le\s+)?)?",
    "after": r"prochaine?|suivante?|qui\s+vient|dernière?|passée?|précédente?",
}

DATE_TEMPLATES: tuple[Template, ...] = (
    ("named", r"{days}"),
    ("tonight", r"cette\s+nuit"),
    ("today_part", r"(?:ce|cet|cette)\s+{part}"),
    ("now_word", r"maintenant|tout\s+de\s+suite|immédiatement|à\s+l'instant"),
    (
        "weekday",
        r"(?:{which}\s+)?{weekday}(?:\s+(?P<next_week>(?:de\s+)?la\s+semaine\s+(?:prochaine"
        r"|suivante|d'après|qui\s+vient)))?",
    ),
    ("weekday", r"{weekday}\s+(?P<next_week>suivante?|d'après)"),
    ("weekday", r"{weekday}\s+(?P<which>{after})"),
    ("weekday", r"{weekday}\s+(?:de\s+)?(?P<this_week>cette\s+semaine)"),
    ("weekday", r"(?P<next_week>la\s+semaine\s+prochaine)\s+(?:le\s+)?{weekday}"),
    ("weekday_after", r"{weekday}\s+en\s+(?P<num>[23])\s+(?P<or_today>semaines)"),
    ("weekday_after", r"{weekday}\s+dans\s+(?P<num>[2-9])\s+semaines"),
    ("weekday_week", r"(?:une|1)\s+semaine\s+après\s+{weekday}"),
    ("weekday_and_number", r"{weekday},?\s+(?:le\s+)?(?P<dom>[0-9]{1,2})(?!\s?(?:h|:))"),
    ("month_day", r"(?:{weekday},?\s+)?(?:le\s+)?{dom}\s+(?:de\s+)?{month}(?:,?\s+(?:de\s+)?{year})?"),
    ("month_day", r"{month}[\s/-](?P<dom>[0-9]{1,2})(?:er)?(?:,?[\s/-]{year}|(?!\s?(?:h|:|[/-])|[0-9]))"),
    ("month_day", r"{year}[/-]{month}[/-](?P<dom>[0-9]{1,2})"),
    (
        "numeric",
        r"(?:le\s+)?(?P<a>0?[1-9]|[12][0-9]|3[01])\s+(?P<b>0?[1-9]|1[0-2])\s+(?P<year>(?:19|20)[0-9]{2})",
    ),
    ("numeric", r"(?:le\s+)?(?P<a>[0-3][0-9])\s+(?P<b>0[1-9]|1[0-2])\s+(?P<year>[0-9]{2})"),
    ("month_day", r"(?:le\s+)?{dom}[/-]{month}(?:[/-]{year})?"),
    ("iso", r"(?P<year>[12][0-9]{3})-(?P<m>[01]?[0-9])-(?P<d>[0-3]?[0-9])"),
    (
        "numeric",
        (
            r"(?<![0-9]-)(?:{weekday},?\s+)?(?:le\s+)?(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?:"
            r"(?P=sep)(?P<year>[0-9]{4}|[0-9]{2}))?"
        ),
    ),
    ("month_and_year", r"{month}\s+{year}"),
    (
        "month_and_year",
        r"(?:en|courant|{edge}début(?:\s+du\s+mois)?(?:\s+d[e'])?|au\s+mois\s+de|au\s+mois\s+d'"
        r"|au\s+cours\s+(?:du\s+mois\s+)?d[e'])\s*{month}",
    ),
    (
        "day_of_month",
        (
            r"(?:le|du|au|pour\s+le|avant\s+le)\s+(?P<dom>[0-9]{1,2}(?:er)?)(?=\s*(?:$"
            r"|[,.;!?]|à\b|pour\b|et\b|au\b|vers\b))"
        ),
    ),
    ("day_of_month", r"(?:le\s+)?(?P<dom>{dom})\s+(?:du\s+mois(?:\s+(?P<which>{after}))?|de\s+ce\s+mois)"),
    ("nth_weekday", r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:de|d'|du\s+mois\s+de)\s*{month}(?:\s+{year})?"),
    ("nth_weekday", r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:du|de\s+ce)\s+mois"),
    (
        "month_end",
        r"{edge}fin\s+(?:(?:du|de\s+ce|de|d')\s*)?(?:mois(?:\s+(?:de\s+|d')\s?{month})?"
        r"|{month})(?:\s+{year})?"
        r"|{edge}fin\s+du\s+mois\s+(?P<which>{after})"
        r"|(?:le\s+)?dernier\s+jour\s+(?:du\s+mois(?:\s+(?:de\s+|d')\s?{month})?"
        r"|(?:de|d')\s*{month})(?:\s+{year})?",
    ),
    (
        "month_middle",
        r"(?:(?:à\s+la|en)\s+)?mi[\s-]{month}(?:\s+{year})?"
        r"|{edge}milieu\s+(?:(?:du|de\s+ce|de|d')\s*)?(?:mois(?:\s+(?:de\s+|d')\s?{month})?"
        r"|{month})(?:\s+{year})?",
    ),
    ("week_end", r"{edge}fin\s+de\s+(?:la\s+|cette\s+)?semaine(?:\s+(?P<which>{after}))?"),
    ("year_end", r"{edge}fin\s+(?:de\s+(?:l'|cette\s+)|d')année"),
    ("day_end", r"{edge}fin\s+de\s+(?:la\s+)?journée"),
    ("week", r"(?P<which>cette)\s+semaine|(?:la\s+)?semaine\s+(?P<which2>{after})"),
    (
        "weekend",
        (
            r"(?P<which>ce)\s+week-?\s?end|(?:le\s+)?week-?\s?end\s+(?P<which2>{after})"
            r"|(?:le|pendant\s+le)\s+week-?\s?end"
        ),
    ),
    (
        "period",
        (
            r"(?P<which>ce|cette)\s+(?P<unit>mois|année)|(?:le\s+|l')?(?P<unit2>mois"
            r"|an|année)\s+(?P<which2>{after})"
        ),
    ),
    ("holiday", r"{holiday}(?:\s+{year})?"),
    (
        "from_now",
        r"(?:dans|d'ici|sous|au\s+bout\s+de|dans\s+un\s+délai\s+de|d'ici\s+à)\s+(?:environ\s+|à"
        r"\s+peu\s+près\s+)?(?:les\s+)?{duration}",
    ),
    ("from_now", r"(?:sous|dans\s+la|d'ici)\s+(?P<duration>huitaine|quinzaine)"),
    ("from_now", r"{duration}\s+(?:plus\s+tard|à\s+partir\s+de\s+maintenant)"),
    ("shift", r"(?P<duration>{day_span})\s+(?:(?P<before>avant)|après)"),
    ("length", r"{duration}"),
    (
        "clock",
        r"{hour}{h}{minute}(?:\s?(?:m|min|minutes?)(?:\s?[0-5][0-9]"
        r"\s?s)?(?![a-z]))?(?::[0-5][0-9])?(?:\s?{ampm})?",
    ),
    ("clock", r"{hour}\s?heures?\s+(?:et\s+)?{minute}\s+minutes?"),
    (
        "clock",
        r"entre\s+{hour}(?:{h}{minute}?)?\s?(?:et|-)\s?(?:[01]?[0-9]|2[0-4])"
        r"\s?(?:h(?:eures?)?(?:\s?[0-5][0-9])?|:[0-5][0-9])",
    ),
    ("clock", r"{hour}\s?h\s?-\s?(?:[01]?[0-9]|2[0-4])\s?h"),
    ("clock", r"{hour}h(?:\s+{part})?(?!\s?[0-9])"),
    ("clock", r"{hour}\s?{ampm}"),
    (
        "clock",
        r"(?:{at})\s+(?:environ\s+)?{hour}\s?(?:heures?|h)(?:\s+(?P<minute2>[0-5]?[0-9])(?!\s?(?:{unit})))?",
    ),
    ("clock", r"(?<=di\s){hour}\s?heures?(?:\s+(?P<minute2>[0-5]?[0-9]))?"),
    ("clock", r"{hour}\s?(?:heures?|h)(?=\s+(?:du\s+matin|du\s+soir|de\s+l'après|pile|précises|demain|$))"),
    ("clock", r"{hour}\s?heures?\s+{minute}(?!\s?minute)"),
    ("hour_word", r"(?:à|vers)\s+{hour}"),
    (
        "relative_clock",
        (
            r"(?:à\s+|vers\s+)?(?:{hour}\s?(?:heures?|h)|(?P<part>midi|minuit))\s+(?:et"
            r"\s+)?(?:(?P<before>moins"
            r")\s+(?:le\s+|un\s+)?)?(?P<amount>demie?|0\.5|quart|[0-5]?[0-9])(?:\s+minutes?)?"
        ),
    ),
    (
        "part",
        r"(?:dans\s+(?:la|l')|en|au|du|le|pendant\s+(?:la|l')|(?:en\s+|à\s+la\s+|au\s+|le"
        r"\s+)?(?:fin|début|milieu|cours)\s+(?:de\s+l'|de\s+la|de|d')"
        r"|à\s+la|à\s+l'|tôt\s+(?:le|dans\s+la)|tard\s+(?:le|dans\s+la))\s*{part}",
    ),
    ("part", r"(?:de\s+l'|dans\s+l'|l'){part}"),
    ("part", r"(?:à\s+)?(?P<part>midi|minuit)"),
    ("weak_part", r"(?:le\s+)?{part}"),
    ("weekdays", r"(?:{every})\s+(?:{other}\s+|{n}\s+)?(?P<list>{day_list})(?:\s+{part})?"),
    (
        "weekdays",
        r"(?:les|le)\s+(?P<list>(?:{weekday}s)(?:(?:\s*,\s*|\s+et\s+)(?:les?\s+)?{day_name})*)(?:\s+{part})?",
    ),
    ("weekdays", r"(?:du)\s+(?P<list>{weekday}\s+au\s+{weekday})"),
    ("weekdays", r"le\s+(?P<list>{weekday}(?:\s*,\s*le\s+{weekday})*\s+et\s+le\s+{weekday})(?:\s+{part})?"),
    (
        "weekdays",
        (
            r"(?:les|{every}|en)\s+(?P<list>jours?\s+(?:de\s+(?:la\s+)?semaine"
            r"|ouvrables?|ouvrés?)|semaine(?=\s*$)|week-?\s?ends?)"
        ),
    ),
    (
        "all_but",
        r"(?:tous\s+les\s+jours|chaque\s+jour)\s*,?\s+sauf\s+(?:les?\s+)?(?P<list>{day_list}|week-?\s?ends?)",
    ),
    (
        "units",
        (
            r"(?:{every})\s+(?:{other}\s+|{n}\s+)?{unit}(?:\s+(?:le|les)\s+(?:(?P<list>{day_li"
            r"st})|(?P<dom>{dom})))?"
        ),
    ),
    (
        "units",
        (
            r"(?:une|1)\s+fois\s+(?:par|tous\s+les|toutes\s+les)\s+(?:{n}\s+)?{unit}(?:\s+le\s"
            r"+(?P<list>{day_list}))?"
        ),
    ),
    ("units", r"(?:[0-9]+|plusieurs)\s+fois\s+(?:par|chaque)\s+{unit}"),
    ("units", r"(?:une?|1)\s+(?P<unit>jour|semaine|mois|an|année|heure)\s+sur\s+(?P<n>[2-9])"),
    ("parts", r"(?:une?|1)\s+{part}\s+sur\s+(?P<n>[2-9])"),
    ("weekdays", r"(?:un|1)\s+(?P<list>{weekday})\s+sur\s+(?P<n>[2-9])"),
    ("adverb", r"{adverb}(?:\s+le\s+(?P<list>{day_list}))?"),
    ("parts", r"(?:{every})\s+(?:{n}\s+)?{part}"),
    (
        "month_days",
        (
            r"(?:le\s+)?(?P<dom>{dom}(?:\s+et\s+(?:le\s+)?{dom})*)\s+(?:du\s+mois\s*,?\s*)?(?:de"
            r"\s+)?(?:chaque\s+moi"
            r"s|tous\s+les\s+mois)"
        ),
    ),
    ("month_days", r"(?:{every})\s+(?P<dom>{dom}(?:\s+et\s+{dom})*)\s+du\s+mois"),
    (
        "month_days",
        r"(?:(?:le\s+)?dernier\s+jour|{edge}fin)\s+(?:de\s+)?(?:chaque\s+mois|tous\s+les\s+mois)"
        r"|(?:{every})\s+(?:fins?\s+de|derniers?\s+jours?\s+du)\s+mois",
    ),
    (
        "month_starts",
        r"{edge}début\s+(?:de\s+)?(?:chaque\s+mois|tous\s+les\s+mois)|(?:{every})\s+débuts?\s+de\s+mois",
    ),
    (
        "month_weekdays",
        (
            r"(?:le\s+|chaque\s+|tous\s+les\s+)?(?P<ords>(?:{ord_or_last})(?:\s+et\s+(?:le\s+)"
            r"?(?:{ord_or_last}))*)s?\s+(?P<list>{day_list})\s+(?:{month_of})"
        ),
    ),
    ("yearly", r"(?:{every}|tous\s+les\s+ans\s+le|chaque\s+année\s+le)\s+{dom}\s+{month}"),
    ("bound", r"(?:pendant|durant)\s+(?:les\s+(?:prochaines?\s+|prochains?\s+)?)?{duration}"),
    ("times", r"(?:pendant\s+)?{num}\s+fois"),
    ("until", r"jusqu'(?:au|en|à)|jusque"),
)

SOURCES: dict[str, str] = {
    "after_hour": (
        r"\s*(?:$|[;!?)\n]|[.,](?![0-9])|(?:et|ou|pour|de|à|le|la|du|demain"
        r"|ce|cet|cette|tous|chaque|dans|sur|que|s'il|en|l')\b)"
    ),
    "filler": (
        r"(?:[\s,()-]|\b(?:à|au|le|la|les|de|du|des|en|pour|vers|dès|à\s+partir|pile|environ"
        r"|précisément|exactement"
        r"|et\s+à|d'|l'|dans|aux?\s+(?:alentours|environs)|autour|donc|soit|sur\s+(?:le\s+coup"
        r"|les\s+coups))(?!\w))*"
    ),
    "lead_in": (
        r"(?:(?:\b|(?<=\s))(?:à\s+partir|d'ici|(?:au|pas)\s+plus\s+tard(?:\s+que)?|avant|après"
        r"|vers|pour|pendant"
        r"|durant|dès|jusqu'|entre|à|au|aux|le|la|les|de|du|en|dans|l'|d'|pile|environ|précisément|exactement"
        r"|autour|alentours|environs|courant|sur\s+(?:le\s+coup|les\s+coups))(?!\w)\s*|,"
        r"\s+(?=(?:le|à|au)\s))+$"
    ),
    "tail": (
        r"\s*,?\s*(?:au\s+plus\s+tard|(?:dernier|ultime)\s+délai|(?:grand\s+)?max(?:imum)?"
        r"|pile(?:\s+poil)?|précises?|tapantes?|sonnantes?"
        r"|environ|sans\s+faute|à\s+peu\s+près|à\s+la\s+(?:même|première)\s+heure|de\s+bonne"
        r"\s+heure)(?!\w)|-ci(?!\w)"
    ),
    "begins": r"(?:à\s+partir|à\s+compter|dès|depuis|en\s+commençant)\b",
    "deadline": r"(?:avant|d'ici|pour\s+le|au\s+plus\s+tard|pas\s+plus\s+tard|jusqu')",
    "guard": r"\s*(?:$|[.,;!?)\n]|(?:et|ou|à|de|du|pour|vers|avant|s'il|le|la|les)\b)",
    "after_adverb": r"\s*(?:$|[.,;!?)]|(?:à|le|la|pour|de|et|jusqu)\b)",
    "preposition": r"\b(?:le|ce|avant|pour|du|au|dès|chaque|jusqu'au|après|les)\s+$",
    "not_ordinal": NOT_ORDINAL,
    "weekday": r"{weekday}s?(?!\w)",
    "range": r"-|\b(?:au|à)\b",
    "workdays": r"jours?\s+|^semaine",
    "weekend": r"week",
    "last": r"derni",
}
