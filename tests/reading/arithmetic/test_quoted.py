"""What the prose behind a table says of it: 〔the right number|a wrong one〕, in Markdown, HTML and columns of tabs."""

import re

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import wrong

TWO = re.compile("〔([^|〕]*)[|]([^〕]*)〕")
ROWS = (("枫林里网格", "37"), ("平湖里网格", "32"), ("和平里网格", "65"))


def table(form: Format, caption: str, heading: str, total: bool) -> str:
    rows = [("网格", heading), *ROWS, *([("合计", "134")] if total else [])]
    if form == "html":
        body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
        return f"<p>{caption}</p><table>{body}</table>"
    if form == "md":
        lines = [f"| {a} | {b} |" for a, b in rows]
        return "\n".join([caption, "", lines[0], "|---|---|", *lines[1:]])
    return "\n".join([caption, *(f"{a}\t{b}" for a, b in rows)])


def document(form: Format, case: tuple[str, str, bool], prose: str) -> str:
    shown = table(form, *case)
    return f"{shown}<p>{prose}</p>" if form == "html" else f"{shown}\n\n{prose}\n"


NOISE = ("夜间噪声抽测结果如下：", "夜间噪声（分贝）", False)
MEALS = ("各网格送餐情况如下：", "送餐份数", False)
MEALS_SUMMED = ("各网格送餐情况如下：", "送餐份数", True)
CASES = (
    ("limit", NOISE, "按照标准，该项指标不得超过〔70分贝|50分贝〕，表中各行均未超标。"),
    ("limit", NOISE, "按照要求，该项指标不得低于〔30分贝|35分贝〕，表列各单位全部达标。"),
    ("share", MEALS_SUMMED, "其中枫林里网格占合计数的〔27.6%|37.6%〕。"),
)
FORMS: tuple[Format, ...] = ("md", "html", "txt")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "case", "prose"), CASES)
def test_the_right_number_raises_no_alarm(form: Format, kind: str, case: tuple[str, str, bool], prose: str) -> None:
    assert wrong(document(form, case, TWO.sub(r"\1", prose)), form) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("kind", "case", "prose"), CASES)
def test_the_wrong_number_is_found_as_what_it_is(
    form: Format, kind: str, case: tuple[str, str, bool], prose: str
) -> None:
    found = wrong(document(form, case, TWO.sub(r"\2", prose)), form)
    assert kind in {finding.type for finding in found}


@pytest.mark.parametrize(
    "prose",
    [
        "送餐最多的是和平里网格，比上年增加12份。",
        "按照标准，该项指标不得超过50分贝，和平里网格超标，已责令整改。",
        "全县各网格合计送餐860份。",
        "枫林里网格占地37亩。",
    ],
)
def test_what_speaks_of_something_else_stays_silent(prose: str) -> None:
    assert wrong(document("md", MEALS, prose), "md") == []
