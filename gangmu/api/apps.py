from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "gangmu.api"
    label = "api"
