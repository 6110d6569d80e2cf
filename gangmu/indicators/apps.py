from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "gangmu.indicators"
    label = "indicators"
