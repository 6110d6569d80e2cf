from tests.indicators.conftest import city, own_mart

__all__ = ["city", "own_mart"]
