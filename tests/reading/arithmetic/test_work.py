"""A text four times as long asks the rules four times as much: counted in calls, which no busy machine makes more."""

from cProfile import Profile

import pytest

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Finding, Source

TIMES = 150
SLACK = 1.25  # at either end of a text a figure has fewer neighbours
MOST_CALLS = 3500  # for one of these sentences; what is asked of all figures around costs several times as much
# A form repeats one sentence under every name; each of these leads other rules over a distance.
SENTENCES = (
    "全年受理诉求1233件，办结1187件。",
    "到期末，摸排出的隐患已销号305处，还有31处列入下步计划。",
    "资助困难学生54人，发放助学金40500元，人均750元。",
    "党员1000名，其中农村600名、机关400名，占40%。",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_four_times_as_many_sentences_ask_about_four_times_as_much(sentence: str) -> None:
    _, once = _counted(sentence, TIMES)
    _, four_times = _counted(sentence, 4 * TIMES)
    assert four_times < SLACK * 4 * once
    assert four_times < MOST_CALLS * 4 * TIMES


def test_a_sentence_repeated_a_thousand_times_agrees_with_itself() -> None:
    found, _ = _counted(SENTENCES[0], 1000)
    assert found
    assert all(finding.verdict == "consistent" for finding in found)


def _counted(sentence: str, times: int) -> tuple[tuple[Finding, ...], int]:
    """The findings of a sentence told so many times, and how many calls it took to reach them."""
    reading = read_all(Source("form.txt", f"{sentence}\n" * times))
    findings(reading)  # expressions are compiled when they are first asked
    counter = Profile()
    found = counter.runcall(findings, reading)
    return found, sum(each.callcount for each in counter.getstats())
