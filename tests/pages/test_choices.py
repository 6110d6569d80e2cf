"""The period that an address asks for."""

from datetime import date

import pytest
from django.http import QueryDict

from gangmu.kernel.periods import Period
from gangmu.pages.choices import picked_period

TODAY = date(2025, 5, 20)


def test_without_words_it_is_this_year() -> None:
    assert picked_period(QueryDict(""), TODAY).period == Period.of_year(2025)


def test_both_days_are_included() -> None:
    picked = picked_period(QueryDict("from=2025-01-01&to=2025-03-31"), TODAY)
    assert picked.period == Period.of_quarter(2025, 1)
    assert picked.problems == ()


UNREADABLE = ["from=2025-02-30&to=2025-03-01", "from=2025-03-02&to=2025-03-01", "from=2025-03-02", "to=x",
              "from=0001-01-01&to=0001-12-31", "from=9999-01-01&to=9999-12-31", "from=2025-W10-6&to=2025-12-31"]  # fmt: skip


@pytest.mark.parametrize("query", UNREADABLE)
def test_an_unreadable_period_is_said_and_the_usual_one_shown(query: str) -> None:
    picked = picked_period(QueryDict(query), TODAY)
    assert picked.period == Period.of_year(2025)
    assert [problem.code for problem in picked.problems] == ["pages.period"]
    assert picked.problems[0].message_en
