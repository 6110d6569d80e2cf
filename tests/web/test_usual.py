"""What one records most stands first; who has recorded nothing is offered what every branch owes."""

from gangmu.catalog.definitions import Tag, Text
from gangmu.web.usual import OWED, by_use

FORMS = [Tag(key=key, title=Text(zh=key, en=key), names=(key,)) for key in ("seminar", "forum", "lecture", "theme_day")]


def order(*used: str) -> list[str]:
    return [form.key for form in by_use(FORMS, used)]


def test_nothing_recorded_yet_offers_what_is_owed_and_then_the_order_of_the_catalog() -> None:
    assert order() == ["theme_day", "lecture", "seminar", "forum"]
    assert OWED.index("theme_day") < OWED.index("lecture")


def test_the_form_recorded_most_stands_first() -> None:
    assert order("forum", "forum", "lecture") == ["forum", "lecture", "theme_day", "seminar"]


def test_a_tag_of_another_family_or_a_former_catalog_moves_nothing() -> None:
    assert order("party_history", "gone") == order()
