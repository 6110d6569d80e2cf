from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gangmu.ledger"
    label = "ledger"
