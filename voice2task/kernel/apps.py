from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "voice2task.kernel"
    label = "kernel"
