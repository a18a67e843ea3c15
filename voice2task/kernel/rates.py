"""How often something may happen, as settings write it: `600/m`."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_FORM = re.compile(r"([1-9]\d{0,8})/([smhd])")


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` times in any `seconds`."""

    count: int
    seconds: int

    def __str__(self) -> str:
        unit = next(unit for unit, seconds in UNITS.items() if seconds == self.seconds)
        return f"{self.count}/{unit}"

    @classmethod
    def parse(cls, text: str) -> Rate | None:
        """`600/m`, with s, m, h or d; None for `off`, which is without limit.

        Raises:
            ValueError: it is neither.
        """
        if text.strip().lower() == "off":
            return None
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError("takes a number for a second, minute, hour or day, as 600/m, or off")
        return cls(int(found[1]), UNITS[found[2]])
