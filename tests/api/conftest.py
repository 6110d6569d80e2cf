from tests.orgs.conftest import city

__all__ = ["city"]
