from django.apps import AppConfig
from django.core import checks


class PagesConfig(AppConfig):
    name = "gangmu.pages"
    label = "pages"

    def ready(self) -> None:
        from gangmu.pages.access import check_policies  # only now are the models loaded

        checks.register(check_policies)
