"""German words for numbers, days, months, units and parts of the day."""

from __future__ import annotations

from typing import Literal

from conversations.agent.rules.language import Holiday, Part, Unit

_ONES = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
_TEENS = [
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]

CARDINALS: dict[str, float] = {
    "eins": 1,
    "zwo": 2,
    **{word: number for number, word in enumerate(_ONES, 1) if word != "ein"},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{one}und{ten}": 10 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES, 1)},
    "dreissig": 30,
    "hundert": 100,
    "ein paar": 3,
    "anderthalb": 1.5,
    **{f"{word}einhalb": number + 0.5 for number, word in enumerate(_ONES, 1)},
    "sechszehn": 16,
    "siebenzehn": 17,
    **dict.fromkeys(("ne halbe", "ner halben", "'ner halben", "'ne halbe"), 0.5),
    **dict.fromkeys(("eine halbe", "einer halben", "halbe", "halben", "ein halbes", "einem halben"), 0.5),
    "ein dutzend": 12,
}
_STEMS = {
    **dict(
        enumerate(["erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt"], 1),
    ),
    **dict(enumerate((f"{word}t" for word in _TEENS), 10)),
    **dict(enumerate((f"{one}undzwanzigst" for one in _ONES), 21)),
    20: "zwanzigst",
    30: "dreißigst",
    31: "einunddreißigst",
}
ORDINALS: dict[str, int] = {
    f"{stem}{ending}": number
    for number, stem in _STEMS.items()
    for ending in ("er", "en", "e", "es", "em")
    # "achte auf …" is no date
    if stem != "acht" or ending in ("er", "en")
}

_DAY_NAMES = (
    "montag|mo|mo.",
    "dienstag|di|di.",
    "mittwoch|mi|mi.",
    "donnerstag|do|do.",
    "freitag|fr|fr.",
    "samstag|sonnabend|sa|sa.",
    "sonntag",
)
WEEKDAYS: dict[str, int] = {
    name: index for index, names in enumerate(_DAY_NAMES) for name in names.split("|")
}
# abbreviations that are also words: days only beside a preposition, another piece of time or the end
# ("so" is left out: it is a day only behind a preposition, see `REWRITES`)
WEAK_WORDS = frozenset({"mo", "di", "mi", "do", "fr", "fr.", "sa"})
MONTHS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "januar|jänner|jan|jan.",
            "februar|feber|feb|feb.",
            "märz|maerz|mär|mär.|mrz|mrz.",
            "april|apr|apr.",
            "mai",
            "juni|juno|jun|jun.",
            "juli|julei|jul|jul.",
            "august|aug|aug.",
            "september|sept|sep|sept.|sep.",
            "oktober|okt|okt.",
            "november|nov|nov.",
            "dezember|dez|dez.",
        ),
        1,
    )
    for name in names.split("|")
}
UNITS: dict[str, Unit] = {
    **dict.fromkeys(("sekunde", "sekunden", "sek", "sek.", "sec"), Unit("second")),
    **dict.fromkeys(("minute", "minuten", "min", "min.", "minütchen"), Unit("minute")),
    **dict.fromkeys(("viertelstunde", "viertelstunden"), Unit("minute", 15)),
    "dreiviertelstunde": Unit("minute", 45),
    **dict.fromkeys(("stunde", "stunden", "std", "std.", "stdn", "stdn.", "h", "stündchen"), Unit("hour")),
    **dict.fromkeys(("tag", "tage", "tagen", "tages", "tg", "tg.", "tge"), Unit("day")),
    **dict.fromkeys(("woche", "wochen", "wo.", "wch", "wch."), Unit("week")),
    **dict.fromkeys(("monat", "monate", "monaten", "monats", "monates", "mon."), Unit("month")),
    **dict.fromkeys(("quartal", "quartale", "quartalen"), Unit("month", 3)),
    **dict.fromkeys(("jahr", "jahre", "jahren", "jahres"), Unit("year")),
    **dict.fromkeys(("jahrzehnt", "jahrzehnte", "jahrzehnten"), Unit("year", 10)),
}
DAYS: dict[str, int] = {
    **{"heut": 0, "heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2},
    **{
        f"{stem}{ending}": days
        for stem, days in (("heutig", 0), ("morgig", 1), ("gestrig", -1))
        for ending in ("e", "er", "en", "em", "es")
    },
}
PARTS: dict[str, Part] = {
    **dict.fromkeys(
        ("früh", "frühe", "morgen", "morgens", "frühmorgens", "in der früh"), Part("morning", 9, "am")
    ),
    **dict.fromkeys(("vormittag", "vormittags", "vormittage"), Part("morning", 9, "am")),
    **dict.fromkeys(("mittag", "mittags", "mittagszeit"), Part("noon", 12, "pm")),
    **dict.fromkeys(("nachmittag", "nachmittags"), Part("afternoon", 15, "pm")),
    **dict.fromkeys(("spätnachmittag", "spätnachmittags"), Part("afternoon", 17, "pm")),
    **dict.fromkeys(("abend", "abends"), Part("evening", 18, "pm")),
    **dict.fromkeys(("spätabend", "spätabends"), Part("evening", 21, "pm")),
    **dict.fromkeys(("nacht", "nachts"), Part("night", 20, "pm")),
    **dict.fromkeys(("mitternacht", "mitternachts"), Part("midnight", 0, "am")),
}
# The first Sunday of Advent lies between 27 November and 3 December: five days after the fourth Tuesday.
_ADVENT = 5
HOLIDAYS: dict[str, Holiday] = {
    **dict.fromkeys(("silvester", "sylvester", "silvesterabend"), Holiday(12, 31)),
    **dict.fromkeys(("neujahr", "neujahrstag"), Holiday(1, 1)),
    **dict.fromkeys(("heilige drei könige", "heilige 3 könige", "dreikönigstag"), Holiday(1, 6)),
    "valentinstag": Holiday(2, 14),
    **dict.fromkeys(("weltfrauentag", "frauentag", "internationaler frauentag"), Holiday(3, 8)),
    **dict.fromkeys(("frühlingsanfang", "frühlingsbeginn"), Holiday(3, 20)),
    **dict.fromkeys(("sommeranfang", "sommerbeginn"), Holiday(6, 21)),
    **dict.fromkeys(("herbstanfang", "herbstbeginn"), Holiday(9, 22)),
    **dict.fromkeys(("winteranfang", "winterbeginn"), Holiday(12, 21)),
    **dict.fromkeys(("tag der arbeit", "maifeiertag"), Holiday(5, 1)),
    **dict.fromkeys(("tag der deutschen einheit", "tag der einheit"), Holiday(10, 3)),
    **dict.fromkeys(("schweizer nationalfeiertag", "bundesfeier"), Holiday(8, 1)),
    "mariä himmelfahrt": Holiday(8, 15),
    "nationalfeiertag": Holiday(10, 26),
    **dict.fromkeys(("erntedank", "erntedankfest"), Holiday(10, weekday=6, nth=1)),
    "walpurgisnacht": Holiday(4, 30),
    **dict.fromkeys(("kindertag", "internationaler kindertag"), Holiday(6, 1)),
    "johannistag": Holiday(6, 24),
    **dict.fromkeys(("mariä lichtmess", "lichtmess"), Holiday(2, 2)),
    "reformationstag": Holiday(10, 31),
    "halloween": Holiday(10, 31),
    "allerheiligen": Holiday(11, 1),
    "allerseelen": Holiday(11, 2),
    **dict.fromkeys(("martinstag", "sankt martin", "st. martin"), Holiday(11, 11)),
    **dict.fromkeys(("nikolaus", "nikolaustag"), Holiday(12, 6)),
    "mariä empfängnis": Holiday(12, 8),
    "volkstrauertag": Holiday(11, weekday=1, nth=4, plus=_ADVENT - 14),
    **dict.fromkeys(("buß- und bettag", "buß und bettag"), Holiday(11, weekday=1, nth=4, plus=_ADVENT - 11)),
    **dict.fromkeys(("totensonntag", "ewigkeitssonntag"), Holiday(11, weekday=1, nth=4, plus=_ADVENT - 7)),
    **{
        name: Holiday(11, weekday=1, nth=4, plus=_ADVENT + 7 * (number - 1))
        for number in range(1, 5)
        for name in (f"{number}. advent", f"{number}. adventssonntag")
    },
    **dict.fromkeys(
        ("heiligabend", "heilig abend", "heiliger abend", "heiligen abend", "weihnachtsabend"),
        Holiday(12, 24),
    ),
    **dict.fromkeys(
        ("weihnachten", "weihnachtstag", "1. weihnachtstag", "1. weihnachtsfeiertag", "christtag"),
        Holiday(12, 25),
    ),
    **dict.fromkeys(
        ("2. weihnachtsfeiertag", "2. weihnachtstag", "stephanstag", "stefanitag"), Holiday(12, 26)
    ),
    "muttertag": Holiday(5, weekday=6, nth=2),
    "weiberfastnacht": Holiday(easter=True, plus=-52),
    "rosenmontag": Holiday(easter=True, plus=-48),
    **dict.fromkeys(
        ("faschingsdienstag", "fastnachtsdienstag", "veilchendienstag"), Holiday(easter=True, plus=-47)
    ),
    "faschingsmontag": Holiday(easter=True, plus=-48),
    "aschermittwoch": Holiday(easter=True, plus=-46),
    "palmsonntag": Holiday(easter=True, plus=-7),
    "gründonnerstag": Holiday(easter=True, plus=-3),
    "karfreitag": Holiday(easter=True, plus=-2),
    "karsamstag": Holiday(easter=True, plus=-1),
    **dict.fromkeys(("ostern", "ostersonntag"), Holiday(easter=True)),
    "ostermontag": Holiday(easter=True, plus=1),
    **dict.fromkeys(("christi himmelfahrt", "himmelfahrt", "vatertag"), Holiday(easter=True, plus=39)),
    **dict.fromkeys(("pfingsten", "pfingstsonntag"), Holiday(easter=True, plus=49)),
    "pfingstmontag": Holiday(easter=True, plus=50),
    "fronleichnam": Holiday(easter=True, plus=60),
}
_ENDINGS = ("e", "er", "en", "em", "es")
WHICH: dict[str, Literal["this", "next", "last"]] = {
    **{f"dies{ending}": "this" for ending in _ENDINGS},
    **{f"kommend{ending}": "this" for ending in _ENDINGS},
    **{f"{stem}{ending}": "next" for stem in ("nächst", "folgend", "darauffolgend") for ending in _ENDINGS},
    **{
        f"{stem}{ending}": "last"
        for stem in ("letzt", "vorig", "vergangen", "vorherig")
        for ending in _ENDINGS
    },
}
_PER_UNIT: dict[str, tuple[str, int]] = {
    "täglich": ("DAILY", 1),
    "wöchentlich": ("WEEKLY", 1),
    "zweiwöchentlich": ("WEEKLY", 2),
    "vierzehntägig": ("WEEKLY", 2),
    "14-tägig": ("WEEKLY", 2),
    "monatlich": ("MONTHLY", 1),
    "vierteljährlich": ("MONTHLY", 3),
    "quartalsweise": ("MONTHLY", 3),
    "halbjährlich": ("MONTHLY", 6),
    "jährlich": ("YEARLY", 1),
    "stündlich": ("HOURLY", 1),
    "minütlich": ("MINUTELY", 1),
}
ADVERBS: dict[str, tuple[str, int]] = {
    f"{word}{ending}": rule for word, rule in _PER_UNIT.items() for ending in ("", "e", "er", "en", "es")
}

_FULL_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag")
_COMPOUNDS = {
    "morgen": "früh",
    "früh": "früh",
    "frühmorgen": "früh",
    "vormittag": "vormittag",
    "mittag": "mittag",
    "nachmittag": "nachmittag",
    "spätnachmittag": "spätnachmittag",
    "abend": "abend",
    "spätabend": "spätabend",
    "nacht": "nacht",
}
_NAMED = ("heut", "heute", "morgen", "übermorgen", "gestern")
_HOUR_WORDS = ("eins", *_ONES[1:], *_TEENS[:3])
_QUARTERS = {
    f"viertel {word}": f"15 nach {(hour - 2) % 12 + 1}"
    for hour, spoken in enumerate(_HOUR_WORDS, 1)
    for word in (spoken, str(hour))
}
_SHORT = 3
_MONTH_NAMES = [name for name in MONTHS if len(name) > _SHORT and not name.endswith(".")]
REWRITES: dict[str, str] = {
    **{
        f"{day}{joint}{end}": f"{day} {part}"
        for day in _FULL_DAYS
        for joint in ("", " ")
        for end, part in _COMPOUNDS.items()
    },
    **{f"{day} morgen": f"{day} früh" for day in _FULL_DAYS},
    **{f"{day}{end}s": f"{day}s {part}" for day in _FULL_DAYS for end, part in _COMPOUNDS.items()},
    **{f"{day}frühmorgens": f"{day} früh" for day in _FULL_DAYS},
    **{f"{day}{end}": f"{day} {part}" for day in _NAMED for end, part in _COMPOUNDS.items()},
    "heute morgen": "heute früh",
    "ein uhr": "1 uhr",
    "null uhr": "0 uhr",
    **_QUARTERS,
    "drei viertel": "dreiviertel",
    **{f"{word}mal": f"{number} mal" for number, word in enumerate(_ONES, 1) if word != "ein"},
    "monatsersten": "1. des monats",
    **{f"{word} so": f"{word} sonntag" for word in ("am", "jeden", "nächsten", "bis", "ab", "kommenden")},
    **{f"mitte {month}": f"15. {month}" for month in _MONTH_NAMES},
    **{f"anfang {month}": f"1. {month}" for month in _MONTH_NAMES},
    **dict.fromkeys(("mitte des monats", "mitte dieses monats"), "15. des monats"),
    **dict.fromkeys(("anfang des monats", "monatsanfang", "zu beginn des monats"), "1. des monats"),
    "anfang nächsten monats": "1. nächsten monats",
    "mitte nächsten monats": "15. nächsten monats",
    **dict.fromkeys(("anfang nächster woche", "anfang der nächsten woche"), "montag nächste woche"),
    **dict.fromkeys(("mitte nächster woche", "mitte der nächsten woche"), "mittwoch nächste woche"),
    "mitte der woche": "mittwoch",
    "überübermorgen": "in 3 tagen",
    "morgen in einer woche": "in 8 tagen",
    "morgen in 8 tagen": "in 8 tagen",
    **{
        f"übernächste{ending} {unit}": f"in 2 {many}"
        for ending in ("", "n", "r", "s")
        for unit, many in (("woche", "wochen"), ("monat", "monaten"), ("jahr", "jahren"))
    },
}
