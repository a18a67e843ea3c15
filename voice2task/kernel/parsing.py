"""JSON that comes in: of a depth that everything behind can walk through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 64
TOO_DEEP = f"JSON parse error - more than {MAX_DEPTH} levels"


class ShallowJSONParser(JSONParser):
    """Refuses what is nested so deep that Python gives up on it, here or when it is stored or rendered."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        level = [parsed]
        for _ in range(MAX_DEPTH + 1):
            level = [inner for value in level for inner in _inside(value)]
            if not level:
                return parsed
        raise ParseError(TOO_DEEP)


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in inner if isinstance(each, dict | list)]
