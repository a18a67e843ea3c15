"""The recogniser that comes along: Whisper, on this machine, without any network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrations.speech.base import SAMPLE_RATE, SpeechRequest, Transcript

if TYPE_CHECKING:
    from integrations.speech import local


# What is short is a command. Told what such a thing sounds like, it hears "buy milk" rather than "by milk".
WORDS_CHARACTERS = 200
COMMAND_SAMPLES = 8 * SAMPLE_RATE
COMMANDS = {
    "en": "To-do list. Buy bread. Call the doctor. Write the report.",
    "de": "To-do-Liste. Brot kaufen. Den Arzt anrufen. Den Bericht schreiben.",
    "es": "Lista de tareas. Comprar pan. Llamar al médico. Escribir el informe.",
    "fr": "Liste de tâches. Acheter du pain. Appeler le médecin. Écrire le rapport.",
}


class WhisperEngine:
    """Loads its model with the first recording, in the process that asks."""

    name = "whisper"

    def transcribe(self, request: SpeechRequest) -> Transcript:
        """See `SpeechEngine`."""
        # Half a second and 50 MB, which only a process that listens is to pay.
        from integrations.speech import local

        model = local.final_model()
        language = request.language
        heard: list[local.Heard] = []
        for piece in local.pieces_of(request.samples, request.speech):
            request.check()
            if not language:
                language, _ = local.likeliest(model.languages(piece), expected=request.expected_language)
            prompt = _prompt(request.words, language if len(piece) < COMMAND_SAMPLES else "")
            heard.append(model.hear(piece, language=language, prompt=prompt))
            request.hear(_joined(heard))
        said = [part for part in heard if part.text]
        confidence = sum(part.probability for part in said) / len(said) if said else None
        return Transcript(_joined(said), language, confidence)


def _prompt(words: tuple[str, ...], language: str) -> str:
    """What is said last counts most: the user's words, then what a command sounds like."""
    named = ", ".join(words)[:WORDS_CHARACTERS]
    return " ".join(filter(None, [f"{named}." if named else "", COMMANDS.get(language, "")]))


def _joined(heard: list[local.Heard]) -> str:
    return " ".join(part.text for part in heard if part.text)
