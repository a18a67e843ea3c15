"""The verbs of conversations and turns. Doors and the agent call these and nothing else."""

from conversations.services.conversations import (
    ConversationBusy,
    ConversationNotFound,
    delete_conversation,
    own_conversation,
    rename_conversation,
)
from conversations.services.messages import Posted, RecordedAtInvalid, TextInvalid, post_message
from conversations.services.turns import (
    RUN_TURN,
    WORKER_LOST,
    Answer,
    TurnLost,
    claim_turn,
    fail_turn,
    finish_turn,
    release_turns,
    renew_turns,
    run_tool_step,
    sweep_turns,
)

__all__ = [
    "RUN_TURN",
    "WORKER_LOST",
    "Answer",
    "ConversationBusy",
    "ConversationNotFound",
    "Posted",
    "RecordedAtInvalid",
    "TextInvalid",
    "TurnLost",
    "claim_turn",
    "delete_conversation",
    "fail_turn",
    "finish_turn",
    "own_conversation",
    "post_message",
    "release_turns",
    "rename_conversation",
    "renew_turns",
    "run_tool_step",
    "sweep_turns",
]
