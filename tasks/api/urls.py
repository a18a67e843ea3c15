from rest_framework.routers import SimpleRouter

from tasks.api.views import LabelViewSet, TaskListViewSet, TaskViewSet

router = SimpleRouter(use_regex_path=False)
router.register("lists", TaskListViewSet, basename="list")
router.register("labels", LabelViewSet, basename="label")
router.register("tasks", TaskViewSet, basename="task")

urlpatterns = router.urls
