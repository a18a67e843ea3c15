from django.apps import AppConfig


class StackConfig(AppConfig):
    name = "voice2task.stack"
    label = "stack"
