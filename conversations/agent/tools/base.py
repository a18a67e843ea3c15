"""What a tool of the agent is: a name, a checked input, an effect, one service call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from accounts.actors import Actor
from integrations.llm.base import ToolSpec
from voice2task.kernel.errors import Invalid

JSON = dict[str, Any]

Effect = Literal["read", "write", "outward"]


class ToolInput(BaseModel):
    """Base of all inputs: an argument that a tool does not know is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArgumentsInvalid(Invalid):
    """The provider called a tool with arguments it does not take. The message names each field."""

    code = "arguments_invalid"


@dataclass(frozen=True, slots=True)
class Tool:
    """One row of the table `TOOLS`.

    `run(actor, arguments, now)` makes the change for the actor's user, who cannot be named otherwise, and
    answers with a JSON object that has a `status`. `now` is on the user's clock, in the user's timezone.

    `effect` is "read" if nothing changes, "write" for what stays among the user's own things, "outward" for
    what reaches other systems. How far a write reaches is not declared: it is seen (`agent.policy`).
    """

    name: str
    description: str
    effect: Effect
    input: type[ToolInput]
    run: Callable[[Actor, Any, datetime], JSON]

    def specification(self) -> ToolSpec:
        return _specification(self)

    def call(self, arguments: JSON, *, actor: Actor, now: datetime) -> JSON:
        """Check the arguments and run the tool.

        Raises:
            ArgumentsInvalid: they do not fit the input.
        """
        return self.run(actor, self._checked(arguments), now)

    def check(self, arguments: JSON) -> None:
        """Whether the tool takes these arguments.

        Raises:
            ArgumentsInvalid
        """
        self._checked(arguments)

    def _checked(self, arguments: JSON) -> ToolInput:
        try:
            return self.input.model_validate(arguments)
        except ValidationError as error:
            faults = [
                f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
            ]
            raise ArgumentsInvalid("; ".join(faults)) from error


@cache
def _specification(tool: Tool) -> ToolSpec:
    return ToolSpec(tool.name, tool.description, tool.input.model_json_schema())
