from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Connects the floors when the process starts: explicit tuples, no scanning, no signals."""

    name = "gangmu.wiring"
    label = "wiring"
