from django.urls import path

from activities.api.views import ActivityListView

urlpatterns = [path("activities/", ActivityListView.as_view(), name="activities")]
