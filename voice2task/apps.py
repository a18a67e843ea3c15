from django.apps import AppConfig


class Voice2TaskConfig(AppConfig):
    name = "voice2task"

    def ready(self) -> None:
        # Jobs declared with `shared_task` bind to the application that exists when they are first used.
        import voice2task.celery  # noqa: F401
        from voice2task.observing import start_observing

        start_observing()
