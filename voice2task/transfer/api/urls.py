from django.urls import path

from voice2task.transfer.api.views import ExportView, ImportListView, ImportView

urlpatterns = [
    path("export/", ExportView.as_view(), name="export"),
    path("import/", ImportListView.as_view(), name="imports"),
    path("import/<uuid:import_id>/", ImportView.as_view(), name="import"),
]
