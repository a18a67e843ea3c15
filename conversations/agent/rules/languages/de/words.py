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
    "eineinhalb": 1.5,
    "zweieinhalb": 2.5,
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
    "sonntag|so|so.",
)
WEEKDAYS: dict[str, int] = {
    name: index for index, names in enumerate(_DAY_NAMES) for name in names.split("|")
}
# abbreviations that are also words: days only beside a preposition, another piece of time or the end
WEAK_WORDS = frozenset({"mo", "di", "mi", "do", "fr", "sa", "so"})
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
    **dict.fromkeys(("sekunde", "sekunden", "sek", "sek."), Unit("second")),
    **dict.fromkeys(("minute", "minuten", "min", "min."), Unit("minute")),
    **dict.fromkeys(("viertelstunde", "viertelstunden"), Unit("minute", 15)),
    "dreiviertelstunde": Unit("minute", 45),
    **dict.fromkeys(("stunde", "stunden", "std", "std.", "h"), Unit("hour")),
    **dict.fromkeys(("tag", "tage", "tagen", "tages"), Unit("day")),
    **dict.fromkeys(("woche", "wochen"), Unit("week")),
    **dict.fromkeys(("monat", "monate", "monaten", "monats"), Unit("month")),
    **dict.fromkeys(("quartal", "quartale", "quartalen"), Unit("month", 3)),
    **dict.fromkeys(("jahr", "jahre", "jahren", "jahres"), Unit("year")),
    **dict.fromkeys(("jahrzehnt", "jahrzehnte", "jahrzehnten"), Unit("year", 10)),
}
DAYS: dict[str, int] = {"heute": 0, "morgen": 1, "übermorgen": 2, "gestern": -1, "vorgestern": -2}
PARTS: dict[str, Part] = {
    **dict.fromkeys(("früh", "morgen", "morgens", "frühmorgens", "in der früh"), Part("morning", 9, "am")),
    **dict.fromkeys(("vormittag", "vormittags", "vormittage"), Part("morning", 9, "am")),
    **dict.fromkeys(("mittag", "mittags", "mittagszeit"), Part("noon", 12, "pm")),
    **dict.fromkeys(("nachmittag", "nachmittags"), Part("afternoon", 15, "pm")),
    **dict.fromkeys(("abend", "abends"), Part("evening", 18, "pm")),
    **dict.fromkeys(("nacht", "nachts"), Part("night", 20, "pm")),
    "mitternacht": Part("midnight", 0, "am"),
}
HOLIDAYS: dict[str, Holiday] = {
    **dict.fromkeys(("silvester", "sylvester"), Holiday(12, 31)),
    **dict.fromkeys(("neujahr", "neujahrstag"), Holiday(1, 1)),
    **dict.fromkeys(("heilige drei könige", "dreikönigstag"), Holiday(1, 6)),
    "valentinstag": Holiday(2, 14),
    "tag der arbeit": Holiday(5, 1),
    "tag der deutschen einheit": Holiday(10, 3),
    "reformationstag": Holiday(10, 31),
    "halloween": Holiday(10, 31),
    "allerheiligen": Holiday(11, 1),
    "nikolaus": Holiday(12, 6),
    **dict.fromkeys(("heiligabend", "heilig abend", "heiliger abend"), Holiday(12, 24)),
    **dict.fromkeys(("weihnachten", "weihnachtstag", "erster weihnachtsfeiertag"), Holiday(12, 25)),
    "zweiter weihnachtsfeiertag": Holiday(12, 26),
    "muttertag": Holiday(5, weekday=6, nth=2),
    "karfreitag": Holiday(easter=True, plus=-2),
    **dict.fromkeys(("ostern", "ostersonntag"), Holiday(easter=True)),
    "ostermontag": Holiday(easter=True, plus=1),
    **dict.fromkeys(("christi himmelfahrt", "vatertag"), Holiday(easter=True, plus=39)),
    **dict.fromkeys(("pfingsten", "pfingstsonntag"), Holiday(easter=True, plus=49)),
    "pfingstmontag": Holiday(easter=True, plus=50),
    "fronleichnam": Holiday(easter=True, plus=60),
    "rosenmontag": Holiday(easter=True, plus=-48),
    "aschermittwoch": Holiday(easter=True, plus=-46),
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

_FULL_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_COMPOUNDS = {
    "morgen": "früh",
    "früh": "früh",
    "vormittag": "vormittag",
    "mittag": "mittag",
    "nachmittag": "nachmittag",
    "abend": "abend",
    "nacht": "nacht",
}
REWRITES: dict[str, str] = {
    **{f"{day}{end}": f"{day} {part}" for day in _FULL_DAYS for end, part in _COMPOUNDS.items()},
    **{f"{day} morgen": f"{day} früh" for day in _FULL_DAYS},
    **{f"{day}{end}s": f"{day}s {part}" for day in _FULL_DAYS for end, part in _COMPOUNDS.items()},
    "heute morgen": "heute früh",
    "ein uhr": "1 uhr",
    "null uhr": "0 uhr",
}
