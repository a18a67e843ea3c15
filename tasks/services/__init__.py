"""Everything that can be done to tasks, lists, labels and reminders. Each function is one transaction."""

from tasks.services.bulk import (
    MAX_OPERATIONS,
    OPERATIONS,
    Operation,
    Outcome,
    change_many_tasks,
    describe,
)
from tasks.services.completion import OpenSubtasks
from tasks.services.feeds import FeedNotFound, feed_of_secret, renew_feed, revoke_feed
from tasks.services.fields import LONGEST_ESTIMATE_MINUTES, TaskFields
from tasks.services.labels import create_label, delete_label, update_label
from tasks.services.lists import (
    ListFields,
    create_list,
    delete_list,
    ensure_list,
    provision_inbox,
    update_list,
)
from tasks.services.places import move_task, move_tasks
from tasks.services.reminders import (
    LONGEST_LEAD_MINUTES,
    ReminderInvalid,
    ReminderNotFound,
    ReminderPast,
    TaskClosed,
    create_reminder,
    delete_reminder,
    snooze_reminder,
    sweep_reminders,
    update_reminder,
)
from tasks.services.skipping import NotRecurring, skip_occurrences
from tasks.services.tasks import (
    complete_tasks,
    create_tasks,
    reopen_tasks,
    restore_tasks,
    trash_tasks,
    update_task,
)
from tasks.services.trash import TaskNotTrashed, empty_trash, erase_tasks, purge_tasks, sweep_trash
from tasks.services.undo import (
    Reversal,
    UndoConflict,
    Undone,
    render_undone,
    undo_activities,
    undo_last,
    undo_turn,
)
from tasks.services.workspace import Versions

__all__ = [
    "LONGEST_ESTIMATE_MINUTES",
    "LONGEST_LEAD_MINUTES",
    "MAX_OPERATIONS",
    "OPERATIONS",
    "FeedNotFound",
    "ListFields",
    "NotRecurring",
    "OpenSubtasks",
    "Operation",
    "Outcome",
    "ReminderInvalid",
    "ReminderNotFound",
    "ReminderPast",
    "Reversal",
    "TaskClosed",
    "TaskFields",
    "TaskNotTrashed",
    "UndoConflict",
    "Undone",
    "Versions",
    "change_many_tasks",
    "complete_tasks",
    "create_label",
    "create_list",
    "create_reminder",
    "create_tasks",
    "delete_label",
    "delete_list",
    "delete_reminder",
    "describe",
    "empty_trash",
    "ensure_list",
    "erase_tasks",
    "feed_of_secret",
    "move_task",
    "move_tasks",
    "provision_inbox",
    "purge_tasks",
    "render_undone",
    "renew_feed",
    "reopen_tasks",
    "restore_tasks",
    "revoke_feed",
    "skip_occurrences",
    "snooze_reminder",
    "sweep_reminders",
    "sweep_trash",
    "trash_tasks",
    "undo_activities",
    "undo_last",
    "undo_turn",
    "update_label",
    "update_list",
    "update_reminder",
    "update_task",
]
