"""English words for numbers, days, months, units and parts of the day."""

from __future__ import annotations

from typing import Literal

from conversations.agent.rules.language import Holiday, Part, Unit

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_FIRSTS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_LATER = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]

CARDINALS: dict[str, float] = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{ten} {one}": 10 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES, 1)},
    **{
        f"two thousand {joint}{word}": 2000 + number
        for joint in ("", "and ")
        for word, number in (
            *((one, n) for n, one in enumerate([*_ONES, *_TEENS], 1)),
            *((ten, 10 * t) for t, ten in enumerate(_TENS, 2)),
            *(
                (f"{ten} {one}", 10 * t + o)
                for t, ten in enumerate(_TENS, 2)
                for o, one in enumerate(_ONES, 1)
            ),
        )
    },
    **{
        f"twenty {ten} {one}": 2000 + 10 * t + o
        for t, ten in enumerate(_TENS[:3], 2)
        for o, one in enumerate(_ONES, 1)
    },
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "a few": 3,
    "a dozen": 12,
    **{
        f"{hundred}{joint}{word}": 100 + number
        for hundred in ("a hundred", "one hundred")
        for joint, word, number in (
            ("", "", 0),
            *((" ", ten, 10 * t) for t, ten in enumerate(_TENS, 2)),
            *((" and ", ten, 10 * t) for t, ten in enumerate(_TENS, 2)),
        )
    },
    **dict.fromkeys(("a half an", "a half a"), 0.5),
    "half an": 0.5,
    "half a": 0.5,
    "a half": 0.5,
    "a quarter of an": 0.25,
    "quarter of an": 0.25,
    "three quarters of an": 0.75,
}
ORDINALS: dict[str, int] = {
    **{word: number for number, word in enumerate(_FIRSTS, 1)},
    **{word: number for number, word in enumerate(_LATER, 10)},
    "twentieth": 20,
    **{f"twenty {word}": 20 + number for number, word in enumerate(_FIRSTS, 1)},
    "thirtieth": 30,
    "thirty first": 31,
}
# "a second", "30 second timer", "every second" of time are no ordinals
NOT_ORDINAL = r"(?:\b(?:a|an|one|per|half a|from this|[0-9]+)[\s-]+)$"

WEEKDAYS: dict[str, int] = {
    **{
        name: index
        for index, names in enumerate(
            (
                "monday|mon|mon.",
                "tuesday|tue|tues|tue.|tues.",
                "wednesday|wed|weds|wed.|wednsday",
                "thursday|thu|thur|thurs|thu.|thurs.",
                "friday|fri|fri.",
                "saturday|sat|sat.",
                "sunday|sun|sun.",
            )
        )
        for name in names.split("|")
    }
}
MONTHS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "january|jan|jan.",
            "february|feb|feb.|febuary",
            "march|mar|mar.",
            "april|apr|apr.",
            "may",
            "june|jun|jun.",
            "july|jul|jul.",
            "august|aug|aug.",
            "september|sept|sep|sept.|sep.",
            "october|oct|oct.",
            "november|nov|nov.",
            "december|dec|dec.",
        ),
        1,
    )
    for name in names.split("|")
}
UNITS: dict[str, Unit] = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), Unit("second")),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "min.", "mins."), Unit("minute")),
    **dict.fromkeys(("quarter hour", "quarter hours", "quarter-hour"), Unit("minute", 15)),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), Unit("hour")),
    **dict.fromkeys(("day", "days"), Unit("day")),
    **dict.fromkeys(("week", "weeks", "wk", "wks"), Unit("week")),
    **dict.fromkeys(("fortnight", "fortnights"), Unit("week", 2)),
    **dict.fromkeys(("month", "months", "mo"), Unit("month")),
    **dict.fromkeys(("quarter", "quarters"), Unit("month", 3)),
    **dict.fromkeys(("year", "years", "yr", "yrs"), Unit("year")),
    **dict.fromkeys(("decade", "decades"), Unit("year", 10)),
    **dict.fromkeys(("century", "centuries"), Unit("year", 100)),
}
DAYS: dict[str, int] = {
    **dict.fromkeys(("today", "todays", "2day", "tod"), 0),
    **dict.fromkeys(
        (
            "tomorrow",
            "tomorrows",
            "tomorow",
            "tommorow",
            "tommorrow",
            "tomorro",
            "tmrw",
            "tmr",
            "tmw",
            "tmrow",
            "2morrow",
            "2moro",
            "2mrw",
        ),
        1,
    ),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow", "overmorrow"), 2),
    "yesterday": -1,
    **dict.fromkeys(("the day before yesterday", "day before yesterday"), -2),
}
PARTS: dict[str, Part] = {
    **dict.fromkeys(
        ("morning", "mornings", "breakfast time", "breakfast", "1th thing"), Part("morning", 9, "am")
    ),
    **dict.fromkeys(("noon", "midday", "mid day", "lunchtime", "lunch time"), Part("noon", 12, "pm")),
    **dict.fromkeys(("afternoon", "afternoons"), Part("afternoon", 15, "pm")),
    **dict.fromkeys(("evening", "evenings", "dinner time", "dinnertime"), Part("evening", 18, "pm")),
    **dict.fromkeys(("night", "nights", "bedtime"), Part("night", 20, "pm")),
    **dict.fromkeys(("midnight", "mid night"), Part("midnight", 0, "am")),
    **dict.fromkeys(("dawn", "sunrise", "sunup", "daybreak"), Part("morning", 6, "am")),
    **dict.fromkeys(("dusk", "sunset", "sundown", "nightfall"), Part("evening", 18, "pm")),
    **dict.fromkeys(
        ("suppertime", "supper time", "dinner-time", "tea time", "teatime"), Part("evening", 18, "pm")
    ),
}
HOLIDAYS: dict[str, Holiday] = {
    **dict.fromkeys(("new year's eve", "new years eve", "nye"), Holiday(12, 31)),
    **dict.fromkeys(
        ("new year's day", "new years day", "new year's", "new years", "new year"), Holiday(1, 1)
    ),
    **dict.fromkeys(("valentine's day", "valentines day", "valentine's", "valentines"), Holiday(2, 14)),
    **dict.fromkeys(
        (
            "st patrick's day",
            "saint patrick's day",
            "st. patrick's day",
            "st patricks day",
            "st patrick's",
            "saint patrick's",
            "saint patrick",
            "st patrick",
            "st paddy's day",
        ),
        Holiday(3, 17),
    ),
    **dict.fromkeys(("april fools day", "april fool's day", "april fools"), Holiday(4, 1)),
    **dict.fromkeys(("independence day",), Holiday(7, 4)),
    **dict.fromkeys(("halloween",), Holiday(10, 31)),
    **dict.fromkeys(("veterans day",), Holiday(11, 11)),
    **dict.fromkeys(("christmas eve", "xmas eve"), Holiday(12, 24)),
    **dict.fromkeys(("christmas", "christmas day", "xmas", "xmas day"), Holiday(12, 25)),
    **dict.fromkeys(("boxing day",), Holiday(12, 26)),
    **dict.fromkeys(("thanksgiving", "thanksgiving day"), Holiday(11, weekday=3, nth=4)),
    **dict.fromkeys(("black friday",), Holiday(11, weekday=3, nth=4, plus=1)),
    **dict.fromkeys(("mother's day", "mothers day"), Holiday(5, weekday=6, nth=2)),
    **dict.fromkeys(("father's day", "fathers day"), Holiday(6, weekday=6, nth=3)),
    **dict.fromkeys(("labor day", "labour day"), Holiday(9, weekday=0, nth=1)),
    **dict.fromkeys(("memorial day",), Holiday(5, weekday=0, nth=-1)),
    **dict.fromkeys(("martin luther king day", "mlk day"), Holiday(1, weekday=0, nth=3)),
    **dict.fromkeys(("good friday",), Holiday(easter=True, plus=-2)),
    **dict.fromkeys(("easter", "easter sunday"), Holiday(easter=True)),
    **dict.fromkeys(("easter monday",), Holiday(easter=True, plus=1)),
    **dict.fromkeys(("pentecost", "whitsun"), Holiday(easter=True, plus=49)),
    **dict.fromkeys(("shrove tuesday", "pancake day"), Holiday(easter=True, plus=-47)),
    "ash wednesday": Holiday(easter=True, plus=-46),
    "palm sunday": Holiday(easter=True, plus=-7),
    "maundy thursday": Holiday(easter=True, plus=-3),
    "ascension day": Holiday(easter=True, plus=39),
    "whit monday": Holiday(easter=True, plus=50),
    "australia day": Holiday(1, 26),
    "groundhog day": Holiday(2, 2),
    **dict.fromkeys(("women's day", "international women's day"), Holiday(3, 8)),
    "earth day": Holiday(4, 22),
    "anzac day": Holiday(4, 25),
    "may day": Holiday(5, 1),
    "cinco de mayo": Holiday(5, 5),
    "juneteenth": Holiday(6, 19),
    "canada day": Holiday(7, 1),
    "bastille day": Holiday(7, 14),
    **dict.fromkeys(("all saints day", "all saints' day"), Holiday(11, 1)),
    **dict.fromkeys(("all souls day", "all souls' day"), Holiday(11, 2)),
    **dict.fromkeys(("guy fawkes night", "guy fawkes day", "bonfire night"), Holiday(11, 5)),
    **dict.fromkeys(("remembrance day", "armistice day"), Holiday(11, 11)),
    **dict.fromkeys(("presidents day", "president's day", "presidents' day"), Holiday(2, weekday=0, nth=3)),
    **dict.fromkeys(("columbus day", "indigenous peoples' day"), Holiday(10, weekday=0, nth=2)),
    "cyber monday": Holiday(11, weekday=3, nth=4, plus=4),
    # seasons by their first day, where a word says that they are a time: not "winter tires"
    **{
        f"{lead} {season}": begins
        for lead in ("in", "in the", "by", "by the", "next")
        for season, begins in (
            ("spring", Holiday(3, 20)),
            ("summer", Holiday(6, 21)),
            ("autumn", Holiday(9, 22)),
            ("fall", Holiday(9, 22)),
            ("winter", Holiday(12, 21)),
        )
    },
}
WHICH: dict[str, Literal["this", "next", "last"]] = {
    **dict.fromkeys(("this", "this coming", "this upcoming", "coming", "upcoming", "the coming"), "this"),
    **dict.fromkeys(("next", "the next", "the following", "following"), "next"),
    **dict.fromkeys(("last", "past", "this past", "previous"), "last"),
}
ADVERBS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("daily", "everyday", "nightly"), ("DAILY", 1)),
    "weekly": ("WEEKLY", 1),
    **dict.fromkeys(("biweekly", "bi-weekly", "fortnightly"), ("WEEKLY", 2)),
    "monthly": ("MONTHLY", 1),
    **dict.fromkeys(
        (
            "biyearly",
            "bi-yearly",
            "biannually",
            "bi-annually",
            "semiannually",
            "semi-annually",
            "half-yearly",
        ),
        ("MONTHLY", 6),
    ),
    **dict.fromkeys(("biennially",), ("YEARLY", 2)),
    **dict.fromkeys(("bimonthly", "bi-monthly"), ("MONTHLY", 2)),
    "quarterly": ("MONTHLY", 3),
    **dict.fromkeys(("yearly", "annually"), ("YEARLY", 1)),
    "hourly": ("HOURLY", 1),
}
# abbreviations that are also English words: days only beside a preposition, another piece of time or the end
WEAK_WORDS = frozenset(["sat", "sun", "mon", "wed", "mar", "may", "fri", "thu"])
# said of a recurrence, and read as the number
REWRITES = {"twice": "2 times", "thrice": "3 times"}
