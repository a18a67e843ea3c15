from rest_framework.routers import SimpleRouter

from tasks.api.reminder_views import ReminderViewSet, TaskReminderViewSet
from tasks.api.views import LabelViewSet, TaskListViewSet, TaskViewSet

router = SimpleRouter(use_regex_path=False)
router.register("lists", TaskListViewSet, basename="list")
router.register("labels", LabelViewSet, basename="label")
router.register("tasks/<uuid:task_id>/reminders", TaskReminderViewSet, basename="task-reminder")
router.register("tasks", TaskViewSet, basename="task")
router.register("reminders", ReminderViewSet, basename="reminder")

urlpatterns = router.urls
