from django.urls import path
from rest_framework.routers import SimpleRouter

from tasks.api.bulk_views import TaskBulkView
from tasks.api.feed_views import FeedView
from tasks.api.history_views import ActivityUndoView, TaskHistoryView
from tasks.api.list_views import LabelViewSet, TaskListViewSet
from tasks.api.reminder_views import ReminderViewSet, TaskReminderViewSet
from tasks.api.statistics_views import StatisticsView
from tasks.api.views import TaskViewSet

router = SimpleRouter(use_regex_path=False)
router.register("lists", TaskListViewSet, basename="list")
router.register("labels", LabelViewSet, basename="label")
router.register("tasks/<uuid:task_id>/reminders", TaskReminderViewSet, basename="task-reminder")
router.register("tasks", TaskViewSet, basename="task")
router.register("reminders", ReminderViewSet, basename="reminder")

urlpatterns = [
    path("tasks/bulk/", TaskBulkView.as_view(), name="task-bulk"),
    path("tasks/<uuid:task_id>/history/", TaskHistoryView.as_view(), name="task-history"),
    path("activities/<uuid:activity_id>/undo/", ActivityUndoView.as_view(), name="activity-undo"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("feed/", FeedView.as_view(), name="feed"),
    *router.urls,
]
