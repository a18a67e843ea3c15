from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "voice2task.kernel"
    label = "kernel"

    def ready(self) -> None:
        from voice2task.kernel import lookups  # noqa: F401 - it registers them
