"""Chapter: what a written number covers, by the parameters of the catalog."""

from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.kernel import clock
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Claim, Source
from gangmu.reading.wording import DEFAULT, Wording, covers
from tests.spec.wording import ABOUT, PERCENT, PLAIN, Said


def in_force() -> Wording:
    row = catalog().wording(clock.today())
    return Wording(row.over_share, row.over_points, row.nearly_share, row.about_share)


def claim(said: Said) -> Claim:
    """The one claim of a sentence that says it."""
    sentence = f"调查显示，{said.words}的党员赞成。" if said in PERCENT else f"全年走访群众{said.words}。"
    (only,) = read_all(Source("文稿", sentence)).claims
    return only


@pytest.mark.parametrize("said", [*PLAIN, *ABOUT, *PERCENT], ids=lambda said: said.words)
def test_records_agree_with_the_words_or_differ_as_the_table_says(said: Said) -> None:
    stated, wording = claim(said), in_force()
    assert [value for value in said.agree if not covers(stated, Decimal(value), wording)] == []
    assert [value for value in said.differ if covers(stated, Decimal(value), wording)] == []


def test_reading_without_a_catalog_uses_the_same_parameters() -> None:
    assert in_force() == DEFAULT


def test_a_text_of_a_year_is_held_by_the_parameters_of_that_year() -> None:
    """Texts older than the first row are held by it: there is always an answer."""
    from datetime import date

    assert catalog().wording(date(1990, 1, 1)) == catalog().wordings[0]
