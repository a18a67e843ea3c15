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
}

# Provider name -> the class that implements `integrations.llm.base.Provider`.
LLM_PROVIDERS = {
    "openai": "integrations.llm.openai.OpenAIProvider",
    "anthropic": "integrations.llm.anthropic.AnthropicProvider",
    "rules": "conversations.agent.rules.provider.RulesProvider",
}
