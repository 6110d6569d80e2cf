from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gangmu.people"
    label = "people"
