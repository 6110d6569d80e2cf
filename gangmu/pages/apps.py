from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gangmu.pages"
    label = "pages"
