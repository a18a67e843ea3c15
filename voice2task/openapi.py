"""How the OpenAPI schema and its errors are made."""

from __future__ import annotations

SPECTACULAR_SETTINGS = {
    "TITLE": "Voice2Task",
    "DESCRIPTION": "Say a sentence; an agent turns it into tasks and shows every step.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_standardized_errors.openapi_hooks.postprocess_schema_enums"],
    "ENUM_NAME_OVERRIDES": {
        "SubtasksOnCompleteEnum": "accounts.models.SubtasksOnComplete.choices",
        "TaskStatusEnum": "tasks.models.Task.Status",
        "ImportStatusEnum": "voice2task.transfer.models.Import.Status",
        "TurnStatusEnum": "conversations.models.Turn.Status",
        "RunStatusEnum": "integrations.models.WorkflowRun.Status",
        "WebhookStatusEnum": "integrations.models.WebhookEndpoint.Status",
        "DeliveryStatusEnum": "integrations.models.Delivery.Status",
        "ValidationErrorEnum": "drf_standardized_errors.openapi_serializers.ValidationErrorEnum.choices",
        "ClientErrorEnum": "drf_standardized_errors.openapi_serializers.ClientErrorEnum.choices",
        "ServerErrorEnum": "drf_standardized_errors.openapi_serializers.ServerErrorEnum.choices",
        "ErrorCode401Enum": "drf_standardized_errors.openapi_serializers.ErrorCode401Enum.choices",
        "ErrorCode403Enum": "drf_standardized_errors.openapi_serializers.ErrorCode403Enum.choices",
        "ErrorCode404Enum": "drf_standardized_errors.openapi_serializers.ErrorCode404Enum.choices",
        "ErrorCode405Enum": "drf_standardized_errors.openapi_serializers.ErrorCode405Enum.choices",
        "ErrorCode406Enum": "drf_standardized_errors.openapi_serializers.ErrorCode406Enum.choices",
        "ErrorCode415Enum": "drf_standardized_errors.openapi_serializers.ErrorCode415Enum.choices",
        "ErrorCode429Enum": "drf_standardized_errors.openapi_serializers.ErrorCode429Enum.choices",
        "ErrorCode500Enum": "drf_standardized_errors.openapi_serializers.ErrorCode500Enum.choices",
    },
}

DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "voice2task.kernel.error_responses.ErrorHandler",
    "ALLOWED_ERROR_STATUS_CODES": ["400", "401", "403", "404", "409", "412", "422"],
    "ERROR_SCHEMAS": "voice2task.kernel.error_schemas.SCHEMAS",
}
