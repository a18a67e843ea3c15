"""Spanish words for numbers, days, months, units and parts of the day."""

from __future__ import annotations

from typing import Literal

from conversations.agent.rules.language import Holiday, Part, Unit

_UNDER_30 = [
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
_ONES = _UNDER_30[:9]
_TENS = {
    30: "treinta",
    40: "cuarenta",
    50: "cincuenta",
    60: "sesenta",
    70: "setenta",
    80: "ochenta",
    90: "noventa",
}
CARDINALS: dict[str, float] = {
    **{word: number for number, word in enumerate(_UNDER_30, 1) if word != "un"},
    **{ten: number for number, ten in _TENS.items()},
    **{f"{ten} y {one}": number + n for number, ten in _TENS.items() for n, one in enumerate(_ONES, 1)},
    **dict.fromkeys(("dieciseis", "diez y seis"), 16),
    "veintidos": 22,
    "veintitres": 23,
    "veintiséis": 26,
    "veintiun": 21,
    "treinta y uno": 31,
    "cien": 100,
    **dict.fromkeys(("cero", "zero"), 0),
    "un par de": 2,
    "una docena de": 12,
    **dict.fromkeys(("unos", "unas", "unos pocos", "algunos"), 3),
    **dict.fromkeys(("media", "medio"), 0.5),
}
ORDINALS: dict[str, int] = {
    f"{stem}{ending}": number
    for number, stem in enumerate(["primer", "tercer"], 1)
    for ending in ("o", "a", "")
    if stem == "primer"
} | {
    **dict.fromkeys(("segundo", "segunda"), 2),
    **dict.fromkeys(("tercero", "tercera", "tercer"), 3),
    **dict.fromkeys(("cuarto", "cuarta"), 4),
    **dict.fromkeys(("quinto", "quinta"), 5),
    **dict.fromkeys(("sexto", "sexta"), 6),
}
# "a quarter" of an hour and "a second" of time are no ordinals
NOT_ORDINAL = r"(?:\b(?:y|menos|un|una|el|[0-9]+|las|de)\s+)$"
WEEKDAYS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "lunes|lun.|lun",
            "martes|mar.",
            "miércoles|miercoles|mié.|mier.",
            "jueves|jue.|jue",
            "viernes|vie.|vie",
            "sábado|sabado|sábados|sabados|sáb.|sáb",
            "domingo|domingos|dom.|dom",
        )
    )
    for name in names.split("|")
}
WEAK_WORDS = frozenset({"lun", "jue", "vie", "dom", "sáb"})
MONTHS: dict[str, int] = {
    name: index
    for index, names in enumerate(
        (
            "enero|ene|ene.",
            "febrero|feb|feb.",
            "marzo|mar|mar.",
            "abril|abr|abr.",
            "mayo|may|may.",
            "junio|jun|jun.",
            "julio|jul|jul.",
            "agosto|ago|ago.",
            "septiembre|setiembre|sept|sep|sept.|sep.",
            "octubre|oct|oct.",
            "noviembre|nov|nov.",
            "diciembre|dic|dic.",
        ),
        1,
    )
    for name in names.split("|")
}
UNITS: dict[str, Unit] = {
    **dict.fromkeys(("segundo", "segundos", "seg"), Unit("second")),
    **dict.fromkeys(("minuto", "minutos", "min"), Unit("minute")),
    **dict.fromkeys(("cuarto de hora", "cuartos de hora"), Unit("minute", 15)),
    **dict.fromkeys(("hora", "horas", "h"), Unit("hour")),
    **dict.fromkeys(("día", "días", "dia", "dias"), Unit("day")),
    **dict.fromkeys(("semana", "semanas"), Unit("week")),
    "quincena": Unit("week", 2),
    **dict.fromkeys(("mes", "meses"), Unit("month")),
    **dict.fromkeys(("trimestre", "trimestres"), Unit("month", 3)),
    **dict.fromkeys(("año", "años"), Unit("year")),
}
DAYS: dict[str, int] = {
    "hoy": 0,
    "mañana": 1,
    "manana": 1,
    "pasado mañana": 2,
    "ayer": -1,
    **dict.fromkeys(("anteayer", "antes de ayer", "antier"), -2),
}
PARTS: dict[str, Part] = {
    **dict.fromkeys(("mañana", "mañanas", "madrugada"), Part("morning", 9, "am")),
    **dict.fromkeys(("mediodía", "mediodia", "medio día"), Part("noon", 12, "pm")),
    **dict.fromkeys(("tarde", "tardes"), Part("afternoon", 15, "pm")),
    **dict.fromkeys(("noche", "noches"), Part("night", 20, "pm")),
    **dict.fromkeys(("medianoche", "media noche"), Part("midnight", 0, "am")),
    "amanecer": Part("morning", 6, "am"),
    "atardecer": Part("evening", 18, "pm"),
    "anochecer": Part("evening", 20, "pm"),
}
HOLIDAYS: dict[str, Holiday] = {
    **dict.fromkeys(("nochevieja", "fin de año"), Holiday(12, 31)),
    **dict.fromkeys(("año nuevo", "día de año nuevo"), Holiday(1, 1)),
    **dict.fromkeys(("reyes", "día de reyes", "reyes magos"), Holiday(1, 6)),
    **dict.fromkeys(
        ("san valentín", "san valentin", "día de san valentín", "día de los enamorados"), Holiday(2, 14)
    ),
    **dict.fromkeys(("día del trabajo", "día del trabajador", "día de los trabajadores"), Holiday(5, 1)),
    "día de la hispanidad": Holiday(10, 12),
    "halloween": Holiday(10, 31),
    "todos los santos": Holiday(11, 1),
    **dict.fromkeys(("día de muertos", "día de los muertos"), Holiday(11, 2)),
    "nochebuena": Holiday(12, 24),
    **dict.fromkeys(("navidad", "día de navidad"), Holiday(12, 25)),
    "viernes santo": Holiday(easter=True, plus=-2),
    "jueves santo": Holiday(easter=True, plus=-3),
    **dict.fromkeys(("sábado santo", "sábado de gloria"), Holiday(easter=True, plus=-1)),
    "domingo de ramos": Holiday(easter=True, plus=-7),
    "miércoles de ceniza": Holiday(easter=True, plus=-46),
    **dict.fromkeys(("carnaval", "martes de carnaval"), Holiday(easter=True, plus=-47)),
    "lunes de pascua": Holiday(easter=True, plus=1),
    **dict.fromkeys(("corpus", "corpus christi"), Holiday(easter=True, plus=60)),
    "noche de reyes": Holiday(1, 5),
    **dict.fromkeys(("día de la mujer", "día internacional de la mujer"), Holiday(3, 8)),
    **dict.fromkeys(("san josé", "día de san josé"), Holiday(3, 19)),
    **dict.fromkeys(("san juan", "día de san juan"), Holiday(6, 24)),
    "noche de san juan": Holiday(6, 23),
    "santiago apóstol": Holiday(7, 25),
    "asunción": Holiday(8, 15),
    "día de la raza": Holiday(10, 12),
    "día de acción de gracias": Holiday(11, weekday=3, nth=4),
    "día de la constitución": Holiday(12, 6),
    **dict.fromkeys(("inmaculada", "inmaculada concepción"), Holiday(12, 8)),
    **dict.fromkeys(
        ("santos inocentes", "día de los inocentes", "día de los santos inocentes"), Holiday(12, 28)
    ),
    **dict.fromkeys(("pascua", "domingo de pascua", "domingo de resurrección"), Holiday(easter=True)),
    "pentecostés": Holiday(easter=True, plus=49),
    "semana santa": Holiday(easter=True),
    "día del padre": Holiday(6, weekday=6, nth=3),
    "día de la madre": Holiday(5, weekday=6, nth=1),
}
WHICH: dict[str, Literal["this", "next", "last"]] = {
    **dict.fromkeys(("este", "esta"), "this"),
    **dict.fromkeys(
        ("próximo", "próxima", "proximo", "proxima", "siguiente", "que viene", "que entra", "entrante"),
        "next",
    ),
    **dict.fromkeys(("pasado", "pasada", "último", "última"), "last"),
}
ADVERBS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("diariamente", "diario", "diaria", "a diario"), ("DAILY", 1)),
    **dict.fromkeys(("semanalmente", "semanal"), ("WEEKLY", 1)),
    **dict.fromkeys(("quincenalmente", "quincenal"), ("WEEKLY", 2)),
    **dict.fromkeys(("mensualmente", "mensual"), ("MONTHLY", 1)),
    **dict.fromkeys(("trimestralmente", "trimestral"), ("MONTHLY", 3)),
    **dict.fromkeys(("anualmente", "anual"), ("YEARLY", 1)),
}
# "six oh two" is 6:02
_MINUTES = {**dict(zip(_ONES, range(1, 10), strict=True)), "uno": 1}
_NEXT_WEEKS = ("la semana que viene", "la próxima semana", "la semana próxima", "la siguiente semana")
REWRITES: dict[str, str] = {
    "la una": "la 1",
    "el uno de": "el 1 de",
    **{f"{lead} hora y media": f"{lead} 1 hora y media" for lead in ("en", "dentro de")},
    "finde": "fin de semana",
    "findes": "fines de semana",
    **dict.fromkeys(("como muy tarde", "como tarde", "lo más tarde"), "a más tardar"),
    # the weekday after the coming one, and the same day of the next week
    **{
        f"{day} en {eight}": f"1 semana después del {day}"
        for day in WEEKDAYS
        for eight in ("ocho", "8", "ocho días")
    },
    **{
        f"{of}{day} en {word}": f"en {first + number} días"
        for of in ("", "de ")
        for day, first in (("hoy", 0), ("mañana", 1))
        for word, number in (("ocho", 7), ("ocho días", 7), ("quince", 14), ("quince días", 14))
    },
    **{
        f"{at}{part} de {week}": f"el {day} de la semana que viene"
        for at in ("", "a ")
        for part, day in (
            ("principios", "lunes"),
            ("comienzos", "lunes"),
            ("inicios", "lunes"),
            ("mediados", "miércoles"),
        )
        for week in _NEXT_WEEKS
    },
    **{
        f"{at}{begin} {month}": f"el 1 {month}"
        for at in ("", "a ")
        for begin in ("principios", "comienzos", "inicios")
        for month in ("de mes", "del mes", "del próximo mes", "del mes que viene", "del mes próximo")
    },
    **{
        f"{word}{ending} {day}": f"{number}º {day}"
        for word, number in (("segund", 2), ("cuart", 4), ("quint", 5))
        for ending in ("o", "a")
        for day in WEEKDAYS
    },
    # said of days and weekdays alone, behind an article as well
    **dict.fromkeys(("primer", "primero", "primera"), "1º"),
    **dict.fromkeys(("tercer", "tercero"), "3º"),
    "cada quince días": "cada 2 semanas",
    "cada 15 días": "cada 2 semanas",
    "medio día": "mediodía",
    "medio dia": "mediodía",
    "media noche": "medianoche",
    "esta noche": "hoy noche",
    **{
        f"{zero} {word}": f"0{number}" for zero in ("cero", "zero", "oh") for word, number in _MINUTES.items()
    },
}
