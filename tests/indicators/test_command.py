"""`gangmu figure`: one JSON object, or every problem at once."""

import json

import pytest

from gangmu.indicators.commands import figure
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import sequencer

ASKED = ["activity.sessions[lecture]", "--org", "QH", "--from", "2025-01-01", "--to", "2025-12-31"]


def test_the_figure_is_one_json_object_with_its_provenance(city, record, capsys):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    assert figure(ASKED) == 0
    printed = capsys.readouterr().out
    told = json.loads(printed)
    assert printed.count("\n") == 1
    assert {
        "value",
        "unit",
        "numerator",
        "denominator",
        "parts",
        "indicator",
        "catalog",
        "tree_day",
        "ledger_size",
    } <= told.keys()
    assert (told["value"], told["indicator"], told["org"]) == (1, ASKED[0], "QH")
    assert told["parts"][0]["value"] == 1


def test_a_figure_without_a_value_says_null_and_why(city, capsys):
    figure(ASKED)
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["why"]) == (None, "absent")


def test_a_figure_comes_again_as_it_was_known_and_by_the_tree_of_a_day(city, record, capsys):
    record("activity.held", "柳溪支部", "2025-03-01", tags=["lecture"])
    sequencer.run_until_empty()
    figure(ASKED)
    then = json.loads(capsys.readouterr().out)
    record("activity.held", "柳溪支部", "2025-03-02", tags=["lecture"])
    figure([*ASKED, "--as-known", str(then["ledger_size"]), "--tree-day", "2025-12-31"])
    assert json.loads(capsys.readouterr().out) == then
    figure([*ASKED, "--tree-day", "2025-06-01"])
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["tree_day"]) == (2, "2025-06-01")
    assert told["digest"] != then["digest"]


def test_a_tree_day_that_is_no_day_and_a_size_never_reached_are_refused(city, capsys):
    with pytest.raises(Refused) as refused:
        figure([*ASKED, "--tree-day", "gestern"])
    assert [problem.where for problem in refused.value.problems] == ["--tree-day"]
    with pytest.raises(Refused, match="请写1到"):
        figure([*ASKED, "--as-known", "99999"])


@pytest.mark.parametrize(
    ("first", "last", "places"),
    [
        ("2025-13-01", "gestern", ["--from", "--to"]),
        ("2025-12-31", "2025-01-01", ["--to"]),
        ("0001-01-01", "2025-01-01", ["--from"]),
        ("20250101", "2025-01-01", ["--from"]),
    ],
)
def test_days_that_make_no_period_are_all_refused(city, first, last, places):
    with pytest.raises(Refused) as refused:
        figure([ASKED[0], "--org", "QH", "--from", first, "--to", last])
    assert [problem.where for problem in refused.value.problems] == places


def test_an_unknown_code_is_not_found(city):
    with pytest.raises(NotFound):
        figure([ASKED[0], "--org", "XX", *ASKED[3:]])
