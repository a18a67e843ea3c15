"""The tables that tie the rooms together: what lower rooms tell higher ones, and who answers."""

from __future__ import annotations

# Where rooms below `activities` record what they did.
JOURNAL = "activities.journal.ActivityJournal"

# Run inside the transaction that registers a user, in this order, each called with `actor` and `now`.
USER_PROVISIONERS = ["tasks.services.provision_inbox"]

# Every kind of activity there is. `record()` refuses others.
EVENT_KINDS = frozenset(
    {
        "user.registered",
        "user.updated",
        "user.email_verified",
        "user.password_changed",
        "login.created",
        "login.revoked",
        "list.created",
        "list.updated",
        "list.deleted",
        "label.created",
        "label.updated",
        "label.deleted",
        "task.created",
        "task.updated",
        "task.completed",
        "task.reopened",
        "task.moved",
        "task.trashed",
        "task.restored",
        "task.reverted",
        "conversation.created",
        "conversation.renamed",
        "conversation.deleted",
        "message.posted",
        "capture.started",
        "capture.kept",
        "capture.transcribed",
        "capture.silent",
        "capture.delayed",
        "capture.failed",
        "capture.cancelled",
        "capture.corrected",
        "capture.audio_deleted",
        "turn.completed",
        "turn.failed",
        "turn.stopped",
        "turn.undone",
        "approval.requested",
        "approval.approved",
        "approval.rejected",
        "approval.expired",
        "approval.cancelled",
        "tool.allowed",
        "tool.disallowed",
        "memory.created",
        "memory.deleted",
        "budget.updated",
        "reminder.created",
        "reminder.updated",
        "reminder.deleted",
        "reminder.due",
        "workflow.created",
        "workflow.updated",
        "workflow.deleted",
        "run.queued",
        "run.sent",
        "run.done",
        "run.failed",
        "run.timed_out",
        "run.cancelled",
    }
)

# Activity kind -> the jobs that follow, each with the field of the activity it is called with.
ACTIVITY_SUBSCRIBERS: dict[str, list[tuple[str, str]]] = {
    "message.posted": [("conversations.run_turn", "turn_id")],
    "capture.kept": [("conversations.transcribe", "subject_id")],
    "approval.approved": [("conversations.run_turn", "turn_id")],
    "approval.rejected": [("conversations.run_turn", "turn_id")],
    "approval.expired": [("conversations.run_turn", "turn_id")],
    "run.queued": [("integrations.send_run", "subject_id")],
}

# Jobs that look every SWEEP_SECONDS for what was lost, left or is due.
SWEEPS = (
    "activities.sweep_outbox",
    "conversations.sweep_turns",
    "conversations.sweep_captures",
    "conversations.sweep_approvals",
    "conversations.sweep_requests",
    "integrations.sweep_runs",
    "tasks.sweep_reminders",
)

# The agent's own tools: each a module of `conversations.agent.tools` with its `TOOL`.
AGENT_TOOLS = (
    "create_tasks",
    "find_tasks",
    "get_agenda",
    "update_task",
    "complete_tasks",
    "reopen_tasks",
    "move_tasks",
    "set_recurrence",
    "add_subtasks",
    "set_reminder",
    "snooze",
    "trash_tasks",
    "restore_tasks",
    "manage_lists",
    "manage_labels",
    "undo",
    "remember",
    "forget",
)

# Provider name -> the class that implements `integrations.llm.base.Provider`.
LLM_PROVIDERS = {
    "openai": "integrations.llm.openai.OpenAIProvider",
    "anthropic": "integrations.llm.anthropic.AnthropicProvider",
    "rules": "conversations.agent.rules.provider.RulesProvider",
}

# Engine name -> the class that implements `integrations.speech.base.SpeechEngine`.
SPEECH_ENGINES = {
    "openai": "integrations.speech.openai.OpenAIEngine",
    "whisper": "integrations.speech.whisper.WhisperEngine",
}
