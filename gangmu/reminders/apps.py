from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "gangmu.reminders"
    label = "reminders"
