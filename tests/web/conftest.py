"""The pages' town: a small city with records and readers."""

from tests.pages.conftest import _compiled_messages, town

__all__ = ["_compiled_messages", "town"]
