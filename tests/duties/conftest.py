from tests.indicators.conftest import city, record, scope

__all__ = ["city", "record", "scope"]
