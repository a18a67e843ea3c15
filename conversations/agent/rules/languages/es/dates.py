"""Spanish expressions of time, as templates for the rules of the engine."""

from __future__ import annotations

from conversations.agent.rules.language import Template

VOCABULARY: dict[str, str] = {
    "num": r"[0-9]{1,4}(?:\.[0-9]{1,2})?|una?",
    "half": r"\s+y\s+(?:0\.5|media)",
    "more": r"\s?(?:más\s+)?",
    "duration": r"{num}{half}?{more}{unit}(?:{half}|(?:(?:\s+y|,)?\s+{num}\s?{unit})|\s?(?:y"
    r"\s+)?[0-5][0-9](?!\w|\s?{unit}))?",
    "day_span": r"{num}{half}?\s?(?:d[ií]as?|semanas?|mes(?:es)?|años?)",
    "ord": r"[0-9]{1,2}º",
    "ord_or_last": r"[0-9]º|[úu]ltim[oa]s?",
    "dom": r"[0-9]{1,2}(?:º|er|ro|°)?",
    "year": r"(?:19|20|21)[0-9]{2}",
    "hour": r"[01]?[0-9]|2[0-4]",
    "minute": r"[0-5][0-9]",
    "ampm": r"[ap]\.?\s?m\.?(?![a-z])",
    "at": (
        r"a\s+las?|a\s+eso\s+de\s+las?|sobre\s+las?|para\s+las?|antes\s+de\s+las?"
        r"|hasta\s+las?|desde\s+las?|de\s+las?|las|tipo|(?:al?rededor|cerca)\s+de\s+las?|hacia"
        r"\s+las?|como\s+a\s+las?"
    ),
    "n": r"[0-9]{1,3}",
    "other": r"(?!)",
    "every": r"cada|todos\s+los|todas\s+las",
    "day_name": r"{weekday}s?",
    "day_list": (
        r"{day_name}(?:(?:\s*,\s*y\s+|\s*,\s*|\s+y\s+|\s+o\s+|\s*-\s*|\s+a\s+"
        r"|\s+al\s+|\s+hasta\s+(?:el\s+)?)(?:los?\s+|el\s+)?{day_name})*"
    ),
    "after": r"pr[óo]xim[oa]|siguiente|que\s+(?:viene|entra)|pasad[oa]|entrante",
    "of_month": r"(?:de\s+)?cada\s+mes|del\s+mes|de\s+todos\s+los\s+meses",
    "begin": r"(?:a\s+|para\s+)?(?:principios?|comienzos?|inicios?)",
    "middle": r"(?:a\s+|para\s+)?mediados",
    "end": r"(?:al?\s+|para\s+)?(?:finales|final|fines|fin)",
}

DATE_TEMPLATES: tuple[Template, ...] = (
    ("named", r"{days}"),
    ("tonight", r"hoy\s+(?:en\s+la\s+|por\s+la\s+)?noche"),
    ("today_part", r"(?:esta|este|hoy\s+(?:por|en)\s+la|hoy\s+al)\s+{part}"),
    (
        "now_word",
        r"ahora\s+mismo|ahorita(?:\s+mismo)?|ya\s+mismo|inmediatamente|de\s+inmediato|en\s+este"
        r"\s+(?:mismo\s+)?(?:momento|instante)",
    ),
    (
        "weekday",
        (
            r"(?:(?:el\s+)?{which}\s+)?{weekday}(?:\s+(?P<next_week>de\s+la\s+(?:(?:próxima|siguiente)\s+sem"
            r"ana|semana\s+(?:que\s+viene|siguiente|próxima|entrante))))?"
        ),
    ),
    ("weekday", r"{weekday}\s+(?P<which>{after})"),
    (
        "weekday",
        r"(?P<next_week>(?:la\s+)?(?:próxima|siguiente)\s+semana|la\s+semana\s+que\s+viene)"
        r"\s+(?:el\s+)?{weekday}",
    ),
    ("weekday", r"{weekday}\s+(?:de\s+)?(?P<this_week>esta\s+semana)"),
    ("weekday_week", r"(?:una|1)\s+semana\s+(?:después\s+del|desde\s+el)\s+{weekday}"),
    (
        "weekday_and_number",
        r"{weekday},?\s+(?:el\s+)?(?:día\s+)?(?P<dom>[0-9]{1,2})(?!\s?(?::|h|[ap]\.?m)|\s+(?:de|por)\s+la\b)",
    ),
    (
        "month_day",
        r"(?:{weekday},?\s+)?(?:el\s+)?(?:día\s+)?{dom}\s+(?:de\s+)?{month}(?:,?\s+(?:del?\s+)?{year})?",
    ),
    ("month_day", r"(?:el\s+)?{month}\s+(?P<dom>[0-9]{1,2})(?:,?\s+(?:del?\s+)?{year})?"),
    ("month_day", r"(?:el\s+)?{dom}[/-]{month}(?:[/-]{year})?"),
    ("month_day", r"{month}[/-](?P<dom>[0-9]{1,2})[/-]{year}|{year}[/-]{month}[/-](?P<dom2>[0-9]{1,2})"),
    ("iso", r"(?P<year>[12][0-9]{3})[-/](?P<m>[01]?[0-9])[-/](?P<d>[0-3]?[0-9])"),
    (
        "numeric",
        (
            r"(?<![0-9]-)(?:{weekday},?\s+)?(?:el\s+)?(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?:"
            r"(?P=sep)(?P<year>[0-9]{4}|[0-9]{2}))?"
        ),
    ),
    ("month_and_year", r"{month}\s+(?:del?\s+)?{year}"),
    ("month_and_year", r"(?:en|durante|hasta)\s+(?:el\s+mes\s+de\s+)?{month}"),
    ("month_and_year", r"{begin}\s+(?:de|del\s+mes\s+de)\s+{month}(?:\s+(?:del?\s+)?{year})?"),
    (
        "month_middle",
        r"{middle}\s+(?:de|del\s+mes\s+de)\s+{month}(?:\s+(?:del?\s+)?{year})?|{middle}\s+del?"
        r"\s+mes(?:\s+{which})?",
    ),
    (
        "day_of_month",
        (
            r"(?:el|al|para\s+el|antes\s+del|hasta\s+el|del)\s+(?:día\s+)?(?P<dom>[0-9]{1,2})(?=\s"
            r"*(?:$|[,.;!?]|a\b|para\b|y\b|por\b))"
        ),
    ),
    ("day_of_month", r"día\s+(?P<dom>[0-9]{1,2})(?=\s*(?:$|[,.;!?]|a\b|para\b|y\b|por\b|de\s+este\b))"),
    (
        "day_of_month",
        r"(?:el\s+)?(?:día\s+)?(?P<dom>{dom})\s+(?:del\s+mes(?:\s+(?P<which>{after}))?|de"
        r"\s+este\s+mes|del\s+(?P<which2>pr[óo]xim[oa]|siguiente)\s+mes)",
    ),
    (
        "nth_weekday",
        r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:de|del\s+mes\s+de)\s+{month}(?:\s+(?:del?\s+)?{year})?",
    ),
    ("nth_weekday", r"(?P<ord>{ord_or_last})\s+{weekday}\s+(?:del|de\s+este)\s+mes"),
    (
        "month_end",
        (
            r"{end}\s+(?:del?|de\s+este)\s+(?:mes(?:\s+de\s+{month}|\s+(?P<which>{after}))?"
            r"|{month})|{end}\s+del\s+(?P<which2>pr[óo]xim[oa]|siguiente)\s+mes|último\s+día\s+del?"
            r"\s+(?:mes(?:\s+de\s+{month})?|{month})(?:\s+(?:del?\s+)?{year})?"
        ),
    ),
    (
        "week_end",
        r"(?:al?\s+)?final(?:es)?\s+de\s+(?:la\s+|esta\s+)?(?:semana(?:\s+(?P<which>{after}))?"
        r"|(?P<which2>próxima|siguiente)\s+semana)",
    ),
    ("year_end", r"{end}\s+(?:de\s+|del\s+)(?:este\s+)?año"),
    ("day_end", r"(?:al\s+|hacia\s+el\s+)?(?:final|fin)\s+(?:del|de)\s+día"),
    (
        "week",
        (
            r"(?P<which>esta)\s+semana|(?:la\s+)?(?P<which2>próxima|siguiente)\s+semana"
            r"|(?:la\s+)?semana\s+(?P<which3>{after})"
        ),
    ),
    (
        "weekend",
        (
            r"(?P<which>este)\s+fin\s+de\s+semana|(?:el\s+)?(?P<which2>próximo)\s+fin\s+de\s+s"
            r"emana|(?:el\s+)?fin\s+de\s+semana(?:\s+(?P<which3>{after}))?"
        ),
    ),
    (
        "period",
        (
            r"(?P<which>este)\s+(?P<unit>mes|año)|(?:el\s+)?(?P<which2>próximo)\s+(?P<unit2>me"
            r"s|año)|(?:el\s+)?(?P<unit3>mes|año)\s+(?P<which3>{after})"
        ),
    ),
    ("holiday", r"(?:(?:el\s+)?día\s+de\s+)?{holiday}(?:\s+(?:del?\s+)?{year})?"),
    ("from_now", r"(?:en|dentro\s+de|de\s+aquí\s+a)\s+(?:los\s+próximos\s+)?{duration}"),
    ("from_now", r"{duration}\s+(?:a\s+partir\s+de\s+ahora|desde\s+ahora|más\s+tarde|después)"),
    ("shift", r"(?P<duration>{day_span})\s+(?:(?P<before>antes)\s+de(?:l)?|después\s+de(?:l)?)"),
    ("length", r"{duration}"),
    (
        "clock",
        r"{hour}(?:\s?:\s?|[.h]){minute}(?::[0-5][0-9])?(?:\s?{ampm}|\s?h(?:oras|rs)?|\s+(?:de"
        r"|por|en)\s+la\s+{part})?",
    ),
    (
        "clock",
        r"entre\s+las?\s+{hour}(?:[:.]{minute})?(?:\s+y|\s?-)\s+(?:las?\s+)?[0-9]{1,2}(?:[:.][0-5][0-9])?"
        r"(?:\s?h(?:oras|rs)?|\s?{ampm}|\s+(?:de|por|en)\s+la\s+{part})?",
    ),
    (
        "clock",
        r"entre\s+{hour}(?:[:.]{minute})?(?:\s+y\s+|\s?-\s?)[0-9]{1,2}(?:[:.][0-5][0-9])?"
        r"(?:\s?h(?:oras|rs)?|\s?{ampm}|\s+(?:de|por|en)\s+la\s+{part})",
    ),
    ("clock", r"{hour}(?:\s{minute})?\s?{ampm}"),
    ("clock", r"{hour}\s+en\s+punto"),
    ("clock", r"{hour}h(?![a-z0-9])"),
    ("clock", r"{at}\s+{hour}\s?(?:h|hs|hrs|horas)"),
    ("hour_word", r"(?:{at})\s+{hour}"),
    ("hour_word", r"(?:{at})\s+{hour}\s+(?:y\s+)?(?P<minute>[0-5]?[0-9])"),
    ("clock", r"{hour}(?=\s+(?:de|por)\s+la\s+(?:mañana|tarde|noche|madrugada))"),
    (
        "relative_clock",
        (
            r"(?:{at}\s+)?(?:{hour}|(?P<part>mediodía|medianoche))\s+(?:y|(?P<before>menos))\s"
            r"+(?P<amount>0\.5|media|cuarto|4º|[0-5]?[0-9])(?:\s?{ampm})?"
        ),
    ),
    (
        "relative_clock",
        r"(?:al\s+|un\s+|faltando\s+|a\s+las?\s+|a\s+)?(?P<amount>cuarto|4º|[0-5]?[0-9](?:"
        r"\s+minutos)?)\s+(?P<before>para)\s+las?\s+{hour}",
    ),
    ("part", r"(?:por|en|de|a)\s+la\s+{part}"),
    (
        "part",
        r"(?:a\s+)?(?:última|primera|1º)s?\s+horas?\s+de\s+la\s+{part}|(?:al\s+)?final\s+de"
        r"\s+la\s+{part}|(?:al\s+)?(?P<part4>amanecer|anochecer|atardecer)",
    ),
    (
        "part",
        r"(?:al?|del)\s+(?P<part>mediodía|mediodia|medianoche)|(?P<part2>medianoche|mediodía"
        r"|medio\s+día|media\s+noche)",
    ),
    ("weak_part", r"(?:la\s+)?(?P<part>tarde|noche|madrugada)"),
    ("weekdays", r"(?:{every})\s+(?:{n}\s+)?(?P<list>{day_list})(?:\s+(?:por|en)\s+la\s+{part})?"),
    ("weekdays", r"(?:los)\s+(?P<list>{day_list})(?:\s+(?:por|en)\s+la\s+{part})?"),
    ("weekdays", r"(?:de\s+)(?P<list>{weekday}\s+a\s+{weekday})"),
    ("weekdays", r"(?<!el\s)(?<!este\s)(?P<list>{weekday}\s+y\s+{weekday})"),
    ("weekdays", r"(?:el\s+)?(?P<list>{weekday}(?:\s*,\s*(?:el\s+)?{weekday})+,?\s+y\s+(?:el\s+)?{weekday})"),
    (
        "weekdays",
        (
            r"(?:{every}|los|en|entre)\s+(?P<list>días?\s+(?:laborables?|hábiles"
            r"|laborales|de\s+semana)|entre\s+semana|fin(?:es)?\s+de\s+semana)"
        ),
    ),
    ("weekdays", r"(?P<list>entre\s+semana)"),
    (
        "all_but",
        (
            r"(?:todos\s+los\s+días|cada\s+día)\s*,?\s+(?:excepto|menos|salvo)\s+(?:los?\s+|el\s+)?("
            r"?P<list>{day_list}|fin(?:es)?\s+de\s+semana)"
        ),
    ),
    (
        "units",
        (
            r"(?:{every})\s+(?:{n}\s+)?{unit}(?:\s+(?:el|los)\s+(?:(?P<list>{day_list})"
            r"|(?:día\s+)?(?P<dom>{dom})))?"
        ),
    ),
    (
        "units",
        r"(?:una|1)\s+vez\s+(?:al|a\s+la|por|cada)\s+(?:{n}\s+)?{unit}(?:\s+el\s+(?P<list>{day_list}))?",
    ),
    ("weekdays", r"(?:un|1)\s+(?P<list>{weekday})\s+s[ií]\s+y\s+(?:otro|un\s+{weekday})\s+(?P<other>no)"),
    (
        "units",
        r"(?:una?\s+|1\s+|cada\s+)?(?P<unit>d[íi]a|semana|mes|año)\s+(?:(?P<other>por"
        r"\s+(?:medio|0\.5))|s[íi],?\s+(?:y\s+)?(?:otr[oa]|una?\s+\w+|\w+)\s+(?P<other2>no))",
    ),
    # as one says in Mexico for every other day
    ("units", r"cada\s+(?P<other>3º)\s+(?P<unit>d[íi]a)"),
    ("units", r"(?:[0-9]+|varias)\s+veces\s+(?:al|a\s+la|por|cada)\s+{unit}"),
    ("adverb", r"{adverb}(?:\s+(?:el|los)\s+(?P<list>{day_list}))?"),
    ("parts", r"(?:{every})\s+{part}"),
    (
        "month_days",
        (
            r"(?:el\s+)?(?:día\s+)?(?P<dom>{dom}(?:\s+y\s+(?:el\s+)?{dom})*)\s+(?:de\s+)(?:cad"
            r"a\s+mes|todos\s+los\s+meses)"
        ),
    ),
    ("month_days", r"(?:{every})\s+d[íi]as?\s+(?P<dom>{dom}(?:\s+y\s+{dom})*)(?:\s+del?\s+mes)?"),
    (
        "month_days",
        r"(?:(?:el\s+)?último\s+día|{end})\s+de\s+(?:cada\s+mes|todos\s+los\s+meses)"
        r"|(?:{every})\s+fin(?:es)?\s+de\s+mes",
    ),
    (
        "month_starts",
        r"{begin}\s+de\s+(?:cada\s+mes|todos\s+los\s+meses)|(?:{every})\s+(?:principio|comienzo"
        r"|inicio)s?\s+de\s+mes",
    ),
    (
        "month_weekdays",
        (
            r"(?:el\s+|cada\s+|los\s+)?(?P<ords>(?:{ord_or_last})(?:\s+y\s+(?:el\s+)?(?:{ord_o"
            r"r_last}))*)\s+(?P<list>{day_list})\s+(?:{of_month})"
        ),
    ),
    ("yearly", r"(?:cada|todos\s+los\s+años\s+el|cada\s+año\s+el)\s+{dom}\s+de\s+{month}"),
    ("bound", r"(?:durante|por)\s+(?:los\s+próximos\s+|las\s+próximas\s+)?{duration}"),
    ("times", r"{num}\s+veces"),
    ("until", r"hasta"),
)
