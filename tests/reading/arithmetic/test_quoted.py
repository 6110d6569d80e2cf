"""What the prose behind a table says of it: 〔the right number|a wrong one〕, in Markdown, HTML and columns of tabs."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import TWO, wrong

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
RATES = (
    "惠民卡激活进度列表如下。\n\n| 单位 | 应办（人） | 已办（人） | 完成率 |\n|---|---|---|---|\n| 白水镇 | 191 | 176 | 92.1% |\n"
    "| 柳林乡 | 180 | 115 | 63.9% |\n| 青石镇 | 200 | 150 | 75.0% |\n\n"
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


@pytest.mark.parametrize(("points", "kinds"), [("28.2", []), ("29.9", ["points"])])
def test_two_rows_of_rates_lie_so_many_points_apart(points: str, kinds: list[str]) -> None:
    text = f"{RATES}白水镇的惠民卡激活完成率比柳林乡高{points}个百分点，进度不够平衡。\n"
    assert [finding.type for finding in wrong(text, "md")] == kinds


@pytest.mark.parametrize(("least", "kinds"), [("20", []), ("32", ["limit"])])
def test_a_row_short_of_what_all_are_said_to_have_reached_is_named(least: str, kinds: list[str]) -> None:
    table = "| 单位 | 秸秆打捆（吨） | 出工（人次） |\n|---|---|---|\n| 河口组 | 27 | 259 |\n| 东沟组 | 85 | 280 |\n| 下庄组 | 33 | 248 |\n"
    text = f"各组情况\n\n{table}\n按任务书，每个组秸秆打捆不得少于{least}吨，各组均已达到。\n"
    assert [finding.type for finding in wrong(text, "md")] == kinds
