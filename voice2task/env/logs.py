"""What is logged, and how it looks."""

from __future__ import annotations

from typing import Literal

from voice2task.env.place import Place


class Logs(Place):
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    LOG_FORMAT: Literal["", "console", "json"] = ""

    @property
    def log_format(self) -> str:
        return self.LOG_FORMAT or ("json" if self.production else "console")
