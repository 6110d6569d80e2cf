from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Connects the floors when the process starts: explicit tuples, no scanning, no signals."""

    name = "gangmu.wiring"
    label = "wiring"

    def ready(self) -> None:
        from gangmu.ledger.projections import install  # only now are the models loaded
        from gangmu.wiring.projections import PROJECTIONS

        install(PROJECTIONS)
