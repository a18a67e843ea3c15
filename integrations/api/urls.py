from django.urls import path
from rest_framework.routers import SimpleRouter

from integrations.api.webhook_views import DeliveryViewSet, WebhookViewSet
from integrations.api.workflow_views import CallbackView, FailureView, WorkflowRunViewSet, WorkflowViewSet

router = SimpleRouter(use_regex_path=False)
router.register("workflows", WorkflowViewSet, basename="workflow")
router.register("runs", WorkflowRunViewSet, basename="run")
router.register("webhooks", WebhookViewSet, basename="webhook")
router.register("deliveries", DeliveryViewSet, basename="delivery")

urlpatterns = [
    *router.urls,
    path("hooks/n8n/<uuid:run_id>/", CallbackView.as_view(), name="n8n-callback"),
    path("hooks/n8n/executions/<str:execution_id>/", FailureView.as_view(), name="n8n-failure"),
]
