from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "gangmu.orgs"
    label = "orgs"
