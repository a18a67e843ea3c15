"""French words for numbers, days, months, units and parts of the day."""

from __future__ import annotations

from typing import Literal

from conversations.agent.rules.language import Holiday, Part, Unit

_UNDER_20 = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}


# From here on, French counts up to nineteen within a ten.
_SCORES = (60, 80)


def _numbers() -> dict[str, float]:
    numbers: dict[str, float] = {
        word.replace("-", " "): n for n, word in enumerate(_UNDER_20, 1) if word != "un"
    }
    for ten, name in {**_TENS, 60: "soixante", 80: "quatre vingt"}.items():
        numbers[name] = ten
        for one, word in enumerate(_UNDER_20[: 19 if ten in _SCORES else 9], 1):
            numbers[f"{name} {word.replace('-', ' ')}"] = ten + one
            numbers[f"{name} et {word}"] = ten + one
    # as one counts in Belgium and Switzerland
    for ten, names in {70: ("septante",), 80: ("huitante", "octante"), 90: ("nonante",)}.items():
        for name in names:
            numbers[name] = ten
            for one, word in enumerate(_UNDER_20[:9], 1):
                numbers[f"{name} {word}"] = numbers[f"{name} et {word}"] = ten + one
    return {**numbers, "quatre vingts": 80}


CARDINALS: dict[str, float] = {
    **_numbers(),
    "cent": 100,
    **{
        f"une {about} {de}": number
        for about, number in (
            ("huitaine", 8),
            ("dizaine", 10),
            ("douzaine", 12),
            ("quinzaine", 15),
            ("vingtaine", 20),
            ("trentaine", 30),
            ("quarantaine", 40),
            ("cinquantaine", 50),
        )
        for de in ("de", "d'")
    },
    **dict.fromkeys(("une couple de", "un couple de"), 2),
    "quelques": 3,
    **dict.fromkeys(("une demi", "une demie", "demi"), 0.5),
}
_FIRSTS = [
    "deux",
    "trois",
    "quatr",
    "cinqu",
    "six",
    "sept",
    "huit",
    "neuv",
    "dix",
    "onz",
    "douz",
    "treiz",
    "quatorz",
    "quinz",
    "seiz",
]
ORDINALS: dict[str, int] = {
    **dict.fromkeys(("premier", "première", "premiers", "premières"), 1),
    "second": 2,
    "seconde": 2,
    **{f"{stem}ième": number for number, stem in enumerate(_FIRSTS, 2)},
    "vingtième": 20,
    "trentième": 30,
}
# "une seconde" is a time; what stands before "premier" never makes it one
NOT_ORDINAL = r"(?:\b(?:une|par|[0-9]+)\s+)$"
WEEKDAYS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "lundi|lun.|lun",
            "mardi|mar.",
            "mercredi|mer.",
            "jeudi|jeu.",
            "vendredi|ven.|ven",
            "samedi|sam.|sam",
            "dimanche|dim.|dim",
        )
    )
    for name in names.split("|")
}
WEAK_WORDS = frozenset({"sam", "dim", "ven", "lun"})
MONTHS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "janvier|janv|janv.|jan|jan.",
            "février|fevrier|fev|fev.|févr|févr.|fév|fév.",
            "mars",
            "avril|avr|avr.",
            "mai",
            "juin",
            "juillet|juil|juil.",
            "août|aout",
            "septembre|sept|sept.|sep|sep.",
            "octobre|oct|oct.",
            "novembre|nov|nov.",
            "décembre|decembre|déc|déc.",
        ),
        1,
    )
    for name in names.split("|")
}
UNITS: dict[str, Unit] = {
    **dict.fromkeys(("seconde", "secondes", "sec", "s"), Unit("second")),
    **dict.fromkeys(("minute", "minutes", "min", "mn"), Unit("minute")),
    **dict.fromkeys(("quart d'heure", "quarts d'heure"), Unit("minute", 15)),
    **dict.fromkeys(("heure", "heures", "h"), Unit("hour")),
    **dict.fromkeys(("jour", "jours", "journée"), Unit("day")),
    **dict.fromkeys(("semaine", "semaines"), Unit("week")),
    "huitaine": Unit("week"),
    "quinzaine": Unit("week", 2),
    "mois": Unit("month"),
    **dict.fromkeys(("trimestre", "trimestres"), Unit("month", 3)),
    **dict.fromkeys(("an", "ans", "année", "années"), Unit("year")),
}
DAYS: dict[str, int] = {
    **dict.fromkeys(("aujourd'hui", "aujourd' hui", "aujourdhui"), 0),
    "demain": 1,
    **dict.fromkeys(("après-demain", "après demain"), 2),
    "hier": -1,
    **dict.fromkeys(("avant-hier", "avant hier"), -2),
}
PARTS: dict[str, Part] = {
    **dict.fromkeys(("matin", "matinée", "matins", "mat"), Part("morning", 9, "am")),
    **dict.fromkeys(("aube", "aurore"), Part("morning", 6, "am")),
    **dict.fromkeys(("midi", "déjeuner"), Part("noon", 12, "pm")),
    **dict.fromkeys(("après-midi", "après midi", "aprem", "aprèm"), Part("afternoon", 15, "pm")),
    **dict.fromkeys(("soir", "soirée", "soirs"), Part("evening", 18, "pm")),
    **dict.fromkeys(("nuit", "nuits"), Part("night", 20, "pm")),
    "minuit": Part("midnight", 0, "am"),
}
HOLIDAYS: dict[str, Holiday] = {
    **dict.fromkeys(("réveillon du nouvel an", "saint-sylvestre", "la saint sylvestre"), Holiday(12, 31)),
    **dict.fromkeys(("jour de l'an", "nouvel an", "le nouvel an"), Holiday(1, 1)),
    "épiphanie": Holiday(1, 6),
    **dict.fromkeys(("saint-valentin", "saint valentin"), Holiday(2, 14)),
    "fête du travail": Holiday(5, 1),
    "fête de la musique": Holiday(6, 21),
    **dict.fromkeys(("fête nationale", "14 juillet"), Holiday(7, 14)),
    "assomption": Holiday(8, 15),
    "halloween": Holiday(10, 31),
    "toussaint": Holiday(11, 1),
    **dict.fromkeys(("chandeleur",), Holiday(2, 2)),
    **dict.fromkeys(("saint-jean", "saint jean"), Holiday(6, 24)),
    **dict.fromkeys(("saint-nicolas", "saint nicolas"), Holiday(12, 6)),
    **dict.fromkeys(("saint-patrick", "saint patrick"), Holiday(3, 17)),
    "fête des rois": Holiday(1, 6),
    "fête nationale suisse": Holiday(8, 1),
    "fête nationale belge": Holiday(7, 21),
    "poisson d'avril": Holiday(4, 1),
    "mercredi des cendres": Holiday(easter=True, plus=-46),
    "dimanche des rameaux": Holiday(easter=True, plus=-7),
    "jeudi saint": Holiday(easter=True, plus=-3),
    "samedi saint": Holiday(easter=True, plus=-1),
    **dict.fromkeys(("fête-dieu", "fête dieu"), Holiday(easter=True, plus=60)),
    "fête des grands-mères": Holiday(3, weekday=6, nth=1),
    "armistice": Holiday(11, 11),
    **dict.fromkeys(("veille de noël", "réveillon de noël", "réveillon"), Holiday(12, 24)),
    **dict.fromkeys(("noël", "noel", "jour de noël"), Holiday(12, 25)),
    "vendredi saint": Holiday(easter=True, plus=-2),
    **dict.fromkeys(("pâques", "dimanche de pâques"), Holiday(easter=True)),
    "lundi de pâques": Holiday(easter=True, plus=1),
    "ascension": Holiday(easter=True, plus=39),
    "pentecôte": Holiday(easter=True, plus=49),
    "lundi de pentecôte": Holiday(easter=True, plus=50),
    "mardi gras": Holiday(easter=True, plus=-47),
    "fête des pères": Holiday(6, weekday=6, nth=3),
    "fête des mères": Holiday(5, weekday=6, nth=-1),
}
WHICH: dict[str, Literal["this", "next", "last"]] = {
    **dict.fromkeys(("ce", "cet", "cette"), "this"),
    **dict.fromkeys(("prochain", "prochaine", "suivant", "suivante", "qui vient"), "next"),
    **dict.fromkeys(("dernier", "dernière", "passé", "passée", "précédent", "précédente"), "last"),
}
ADVERBS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("quotidiennement", "quotidien", "quotidienne"), ("DAILY", 1)),
    **dict.fromkeys(("hebdomadaire", "hebdomadairement"), ("WEEKLY", 1)),
    "bimensuel": ("WEEKLY", 2),
    **dict.fromkeys(("mensuellement", "mensuel", "mensuelle"), ("MONTHLY", 1)),
    **dict.fromkeys(("trimestriel", "trimestriellement"), ("MONTHLY", 3)),
    **dict.fromkeys(("annuellement", "annuel", "annuelle"), ("YEARLY", 1)),
}
_OF = (("de", ""), ("du", "le"), ("de la", "la"), ("des", "les"))
REWRITES: dict[str, str] = {
    # the weekday a week, or two, after the coming one
    **{
        f"{day} en {word}": f"{day} en {n} semaines"
        for day in WEEKDAYS
        for word, n in (("huit", 2), ("quinze", 3), ("8", 2), ("15", 3))
    },
    **{
        f"{day} en {word}": f"dans {number} jours"
        for day, first in (("demain", 1), ("aujourd'hui", 0), ("d'aujourd'hui", 0))
        for word, number in (("huit", first + 7), ("quinze", first + 14))
    },
    **{
        f"{before}{part} de {la}semaine prochaine": f"{day} de la semaine prochaine"
        for before in ("", "en ", "au ", "le ")
        for part, day in (("début", "lundi"), ("milieu", "mercredi"))
        for la in ("", "la ")
    },
    **{f"{before}milieu de {la}semaine": "mercredi" for before in ("", "en ", "au ") for la in ("", "la ")},
    **{f"{before}veille {de}": f"1 jour avant {to}" for before in ("", "la ") for de, to in _OF},
    **{f"{before}lendemain {de}": f"1 jour après {to}" for before in ("", "le ") for de, to in _OF},
    **{f"{before}avant-veille {de}": f"2 jours avant {to}" for before in ("", "l'") for de, to in _OF},
    "chaque seconde": "chaque seconde",
    **{f"{word} une heure": f"{word} 1 heure" for word in ("à", "vers", "avant")},
    "tantôt": "cet après-midi",
    **dict.fromkeys(("lendemain", "le lendemain", "le jour suivant", "jour suivant"), "demain"),
    **dict.fromkeys(("surlendemain", "le surlendemain"), "après-demain"),
    **{
        f"{word} et {tail}": f"{number} et {tail}"
        for word, number in (("midi", "12 heures"),)
        for tail in ("demi", "demie", "quart")
    },
    "au lendemain": "à demain",
    "tous les quinze jours": "toutes les 2 semaines",
    "tous les 15 jours": "toutes les 2 semaines",
}
