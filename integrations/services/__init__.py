"""The verbs of what talks to the outside."""

from integrations.services.runs import (
    RUN_JOB,
    RunEnded,
    RunInputInvalid,
    RunNotFound,
    cancel_run,
    finish_run,
    send_run,
    start_run,
    sweep_runs,
)
from integrations.services.workflows import (
    WorkflowFields,
    WorkflowInvalid,
    WorkflowNameTaken,
    WorkflowNotFound,
    check_address,
    create_workflow,
    delete_workflow,
    update_workflow,
)

__all__ = [
    "RUN_JOB",
    "RunEnded",
    "RunInputInvalid",
    "RunNotFound",
    "WorkflowFields",
    "WorkflowInvalid",
    "WorkflowNameTaken",
    "WorkflowNotFound",
    "cancel_run",
    "check_address",
    "create_workflow",
    "delete_workflow",
    "finish_run",
    "send_run",
    "start_run",
    "sweep_runs",
    "update_workflow",
]
