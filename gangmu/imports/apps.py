from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "gangmu.imports"
    label = "imports"
