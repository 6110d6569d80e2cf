from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gangmu.web"
    label = "web"
