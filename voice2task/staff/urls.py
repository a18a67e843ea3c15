from django.contrib import admin
from django.urls import path

from voice2task.staff import views

urlpatterns = [
    path("health/", admin.site.admin_view(views.health), name="staff-health"),
    path("prices/", admin.site.admin_view(views.prices), name="staff-prices"),
]
