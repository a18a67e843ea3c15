from django.urls import path
from rest_framework.routers import SimpleRouter

from activities.api.notification_views import NotificationViewSet, PushKeyView, SubscriptionViewSet
from activities.api.views import ActivityListView

router = SimpleRouter(use_regex_path=False)
router.register("notifications/subscriptions", SubscriptionViewSet, basename="push-subscription")
router.register("notifications", NotificationViewSet, basename="notification")

urlpatterns = [
    path("activities/", ActivityListView.as_view(), name="activities"),
    path("notifications/push-key/", PushKeyView.as_view(), name="push-key"),
    *router.urls,
]
