"""What notifications say, in each language of the interface. Languages not here are told in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Texts:
    """`late` takes a duration, `workflow_failed` a name; `units` are days, hours and minutes: one, several.

    `failures` say why a turn failed, by the error's code; other codes bring a message of their own.
    """

    reminder: str
    late: str
    units: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    approval_needed: str
    turn_failed: str
    workflow_failed: str
    failures: Mapping[str, str]

    def duration(self, seconds: int) -> str:
        """At least a minute, in the largest unit that is in it whole."""
        sized = zip((DAY, HOUR, MINUTE), self.units, strict=True)
        count, (one, several) = next((seconds // size, unit) for size, unit in sized if seconds >= size)
        return f"{count} {several if count > 1 else one}"


TEXTS: Mapping[str, Texts] = {
    "en": Texts(
        reminder="Reminder",
        late="Reminder, {} late",
        units=(("day", "days"), ("hour", "hours"), ("minute", "minutes")),
        approval_needed="Your approval is needed",
        turn_failed="A message could not be answered",
        workflow_failed="The workflow “{}” failed",
        failures={},
    ),
    "de": Texts(
        reminder="Erinnerung",
        late="Erinnerung, {} zu spät",
        units=(("Tag", "Tage"), ("Stunde", "Stunden"), ("Minute", "Minuten")),
        approval_needed="Deine Zustimmung wird gebraucht",
        turn_failed="Eine Nachricht konnte nicht beantwortet werden",
        workflow_failed="Der Ablauf „{}“ ist fehlgeschlagen",
        failures={
            "worker_lost": "Die Arbeit daran wurde zu oft unterbrochen.",
            "provider_failed": "Niemand konnte antworten.",
            "time_limit": "Das hat länger gedauert, als eine Nachricht darf.",
            "internal_error": "Innen ging etwas schief.",
        },
    ),
    "fr": Texts(
        reminder="Rappel",
        late="Rappel, {} de retard",
        units=(("jour", "jours"), ("heure", "heures"), ("minute", "minutes")),
        approval_needed="Votre accord est nécessaire",
        turn_failed="Un message est resté sans réponse",
        workflow_failed="Le processus « {} » a échoué",
        failures={
            "worker_lost": "Le travail a été interrompu trop souvent.",
            "provider_failed": "Personne ne pouvait répondre.",
            "time_limit": "Cela a duré trop longtemps pour un message.",
            "internal_error": "Une erreur interne est survenue.",
        },
    ),
    "es": Texts(
        reminder="Recordatorio",
        late="Recordatorio, {} tarde",
        units=(("día", "días"), ("hora", "horas"), ("minuto", "minutos")),
        approval_needed="Se necesita tu aprobación",
        turn_failed="No se pudo responder a un mensaje",
        workflow_failed="El flujo «{}» ha fallado",
        failures={
            "worker_lost": "El trabajo se interrumpió demasiadas veces.",
            "provider_failed": "Nadie pudo responder.",
            "time_limit": "Esto tardó más de lo que puede un mensaje.",
            "internal_error": "Algo falló por dentro.",
        },
    ),
}


def texts_in(language: str) -> Texts:
    """Those of a language tag such as `de-CH`."""
    return TEXTS.get(language.partition("-")[0].lower(), TEXTS["en"])
