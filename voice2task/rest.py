"""How Django REST framework is set up: who is asking, what comes in, what goes out."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.LoginAuthentication",
        "accounts.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.api.permissions.TokenScope",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["voice2task.kernel.doors.DoorThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["voice2task.kernel.rendering.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["voice2task.kernel.parsing.ShallowJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "voice2task.kernel.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "voice2task.kernel.error_schemas.DoorSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
