"""Words are compared without white space and quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.catalog.words import plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("民主 评议党员", "民主评议党员"),
        ("“强村富民”项目", "强村富民项目"),
        ('"两委"干部', "两委干部"),
        ("党委（党组）", "党委(党组)"),
        ("示范党组\n织", "示范党组织"),
        ("90％", "90%"),
        ("", ""),
    ],
)
def test_what_means_the_same_reads_the_same(written: str, meant: str) -> None:
    assert plain(written) == meant


@given(st.text())
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)
