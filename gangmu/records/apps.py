from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "gangmu.records"
    label = "records"
