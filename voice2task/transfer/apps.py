from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "voice2task.transfer"
    label = "transfer"
