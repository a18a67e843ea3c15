from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "voice2task.web"
    label = "web"
