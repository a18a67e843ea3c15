"""A process that interrupts a hearing at each of its steps, and then hears the same to its end."""

from __future__ import annotations

import os


class Overtaken(Exception):
    """Somebody else goes first."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voice2task.settings")
    import django

    django.setup()
    from integrations.speech import local
    from integrations.speech.recognising import decoder
    from tests import recordings

    samples = decoder().decode(recordings.spoken()).samples
    model = local.final_model()
    for steps in (0, 1):
        left = iter(range(steps))

        def check() -> None:
            if next(left, None) is None:  # noqa: B023 - called before the next round only
                raise Overtaken

        # Or else the second round would find the window encoded already.
        model._last = None
        try:
            model.hear_quickly(samples, language="en", prompt="", check=check)
        except Overtaken:
            print("gave way")  # noqa: T201 - its answer
    print("heard", model.hear(samples, language="en").text)  # noqa: T201 - its answer
    decoder().close()


if __name__ == "__main__":
    main()
