"""The tables that tie the rooms together: what lower rooms tell higher ones, and who answers."""

from __future__ import annotations

from collections.abc import Collection

# Where rooms below `activities` record what they did.
JOURNAL = "activities.journal.ActivityJournal"

# Run inside the transaction that registers a user, in this order, each called with `actor` and `now`.
USER_PROVISIONERS = ["tasks.services.provision_inbox"]

# The members of an export file, in the order in which they are written and read back.
EXPORT_PARTS = {
    "preferences": "accounts.transfer.PREFERENCES",
    "lists": "tasks.transfer.LISTS",
    "labels": "tasks.transfer.LABELS",
    "conversations": "conversations.transfer.CONVERSATIONS",
    "turns": "conversations.transfer.TURNS",
    "messages": "conversations.transfer.MESSAGES",
    "memories": "conversations.transfer.MEMORIES",
    "tasks": "tasks.transfer.TASKS",
    "reminders": "tasks.transfer.REMINDERS",
    "activities": "activities.transfer.ACTIVITIES",
}

# Format of an import -> what reads such a file: bytes and a `kernel.transfer.Reading` to a `Prepared`.
IMPORT_FORMATS = {
    "voice2task": "voice2task.transfer.document.read",
    "todoist": "tasks.imports.todoist.read",
    "vikunja": "tasks.imports.vikunja.read",
    "icalendar": "tasks.imports.icalendar.read",
}

# Run inside the transaction that deletes a user, in this order, each called with `user_id` and `now`, before
# the row and all that refers to it goes: for what that would not reach, or only slowly.
USER_ERASERS = [
    "conversations.services.let_go_of_turns",
    "tasks.services.erase_tasks",
    "activities.retention.erase_activities",
]

# Where secrets lie that must be read again: encrypted by `kernel.sealing`, and anew after a change of key.
SEALED_FIELDS = {
    "accounts.SecondFactor": ("key", "recovery"),
    "integrations.Workflow": ("signing_secret", "former_secret", "token"),
    "integrations.WebhookEndpoint": ("signing_secret", "former_secret"),
}

# Every kind of activity there is. `record()` refuses others.
EVENT_KINDS = frozenset(
    {
        "user.registered",
        "user.updated",
        "user.email_verified",
        "user.password_changed",
        "user.second_factor_added",
        "user.second_factor_removed",
        "login.created",
        "login.revoked",
        "token.created",
        "token.revoked",
        "list.created",
        "list.updated",
        "list.deleted",
        "label.created",
        "label.updated",
        "label.deleted",
        "task.created",
        "task.updated",
        "task.completed",
        "task.skipped",
        "task.reopened",
        "task.moved",
        "task.trashed",
        "task.restored",
        "task.reverted",
        "task.deleted",
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
        "turn.retried",
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
        "content.viewed",
        "feed.renewed",
        "feed.revoked",
        "import.started",
        "import.progress",
        "import.finished",
        "import.failed",
        "reminder.created",
        "reminder.updated",
        "reminder.deleted",
        "reminder.due",
        "notification.created",
        "notification.read",
        "notification.deleted",
        "push.subscribed",
        "push.unsubscribed",
        "workflow.created",
        "workflow.updated",
        "workflow.deleted",
        "run.queued",
        "run.sent",
        "run.running",
        "run.done",
        "run.failed",
        "run.timed_out",
        "run.cancelled",
        "run.late",
        "webhook.created",
        "webhook.updated",
        "webhook.deleted",
        "webhook.disabled",
        "delivery.dead",
    }
)

# What webhook endpoints of users may subscribe to; `integrations.deliveries.payloads` says what each is sent.
WEBHOOK_KINDS = (
    "task.created",
    "task.updated",
    "task.completed",
    "task.reopened",
    "task.moved",
    "task.trashed",
    "task.restored",
    "task.reverted",
    "list.created",
    "list.updated",
    "list.deleted",
    "reminder.due",
    "run.done",
    "run.failed",
    "run.timed_out",
    "run.cancelled",
)

# Jobs that follow activities, each with the field of the activity that it is called with -> the kinds.
SUBSCRIBERS: dict[tuple[str, str], Collection[str]] = {
    ("conversations.run_turn", "turn_id"): (
        "message.posted",
        "approval.approved",
        "approval.rejected",
        "approval.expired",
        "turn.retried",
    ),
    ("conversations.transcribe", "subject_id"): ("capture.kept",),
    ("conversations.tell_run", "subject_id"): ("run.done", "run.failed", "run.timed_out", "run.cancelled"),
    ("integrations.deliver", "subject_id"): ("run.queued",),
    ("integrations.fan_out", "id"): WEBHOOK_KINDS,
    ("transfer.run_import", "subject_id"): ("import.started",),
    # How each of these reads is in `activities.notices`.
    ("activities.notify", "id"): (
        "reminder.due",
        "approval.requested",
        "turn.failed",
        "run.failed",
        "run.timed_out",
    ),
}
# Activity kind -> the jobs that follow.
ACTIVITY_SUBSCRIBERS = {
    kind: jobs
    for kind in EVENT_KINDS
    if (jobs := [job for job, kinds in SUBSCRIBERS.items() if kind in kinds])
}

# Jobs that follow only kinds that somebody has asked for (`activities.services.follow_kinds`): for
# users without webhooks nothing is owed.
JOBS_ON_REQUEST = frozenset({"integrations.fan_out"})

# Jobs that do all that is owed to them, of all users, whatever they are called with.
DRAINING_JOBS = frozenset({"activities.notify"})

# Jobs that look every SWEEP_SECONDS for what was lost, left or is due.
SWEEPS = (
    "activities.sweep_outbox",
    "activities.sweep_deliveries",
    "conversations.sweep_turns",
    "conversations.sweep_captures",
    "conversations.sweep_approvals",
    "conversations.sweep_requests",
    "integrations.sweep_runs",
    "integrations.sweep_deliveries",
    "tasks.sweep_reminders",
)

# Jobs that look once a minute for what has been kept long enough.
RETENTION_SWEEPS = (
    "kernel.sweep_idempotency_keys",
    "accounts.sweep_logins",
    "activities.sweep_old_activities",
    "activities.sweep_old_outbox",
    "activities.expire_notifications",
    "tasks.sweep_trash",
)

# Jobs of once an hour.
HOURLY_SWEEPS = ("staff.sum_days",)

# The queues that workers take jobs from, and the jobs that do not wait in `default`.
QUEUES = ("turns", "speech", "partials", "deliveries", "default")
TASK_ROUTES = {
    "conversations.run_turn": {"queue": "turns"},
    "conversations.transcribe": {"queue": "speech"},
    "conversations.transcribe_partial": {"queue": "partials"},
    # Not with the sweeps, which would have to wait for thousands of them.
    "activities.notify": {"queue": "deliveries"},
    "activities.deliver_notification": {"queue": "deliveries"},
    "integrations.deliver": {"queue": "deliveries"},
    "integrations.fan_out": {"queue": "deliveries"},
    "integrations.look_up_run": {"queue": "deliveries"},
}

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
    "skip_occurrence",
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
