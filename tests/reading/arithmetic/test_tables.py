"""Totals, rates and differences inside tables, however the table is written."""

import pytest

from gangmu.reading.values import Format
from tests.reading.arithmetic import found, words, wrong

MARKDOWN = """各村情况如下：

| 村名 | 受理数 | 办结数 | 办结率 |
| --- | ---: | ---: | ---: |
| 柳湾村 | 120 | 114 | 95% |
| 石桥村 | 95 | 76 | 80% |
| 槐树村 | 64 | 48 | {rate} |
| 合计 | {total} | 238 | 85.3% |
"""
STACKED = "\n".join(
    [
        "支部",
        "党员数",
        "到会数",
        "第一支部",
        "62",
        "58",
        "第二支部",
        "58",
        "51",
        "第三支部",
        "49",
        "45",
        "合计",
        "{total}",
        "154",
    ]
)
SPACED = "乡镇    受理    办结\n稻香镇    320    300\n望河乡    250    241\n合计    {total}    541\n"
HTML = """<p>汇总如下。</p><table><thead><tr><th>层级</th><th>窗口</th><th>网上</th><th>合计</th></tr></thead>
<tbody><tr><td>市级</td><td>8120</td><td>12180</td><td>20300</td></tr>
<tr><td>县级</td><td>9640</td><td>11860</td><td>21500</td></tr>
<tr><td>乡级</td><td>6348</td><td>4232</td><td>{total}</td></tr></tbody></table>"""


def test_a_right_table_is_proven_and_raises_no_alarm() -> None:
    text = MARKDOWN.format(rate="75%", total=279)
    assert wrong(text, "md") == []
    assert sorted(f.type for f in found(text, "md")) == ["share"] * 4 + ["sum"] * 2


def test_a_wrong_rate_in_a_row_is_found() -> None:
    text = MARKDOWN.format(rate="85%", total=279)
    assert [(f.type, words(text, f)) for f in wrong(text, "md")] == [("share", ["64", "48", "85%"])]


def test_a_wrong_total_of_a_column_is_found() -> None:
    text = MARKDOWN.format(rate="75%", total=289)
    assert ("sum", ["120", "95", "64", "289"]) in [(f.type, words(text, f)) for f in wrong(text, "md")]


@pytest.mark.parametrize(
    ("text", "form", "right", "wrong_total", "numbers"),
    [
        (STACKED, "txt", "169", "179", ["62", "58", "49", "179"]),
        (SPACED, "txt", "570", "580", ["320", "250", "580"]),
        (HTML, "html", "10580", "10850", ["6348", "4232", "10850"]),
    ],
)
def test_other_ways_of_writing_a_table(
    text: str, form: Format, right: str, wrong_total: str, numbers: list[str]
) -> None:
    assert wrong(text.format(total=right), form) == []
    broken = text.format(total=wrong_total)
    assert ("sum", numbers) in [(f.type, words(broken, f)) for f in wrong(broken, form)]


def test_columns_of_rates_and_averages_are_not_added_up() -> None:
    text = "| 村 | 人均收入 | 满意率 | 排名 |\n| --- | --- | --- | --- |\n| 甲村 | 18600 | 90% | 1 |\n| 乙村 | 17200 | 80% | 2 |\n| 合计 | 17900 | 85% | |\n"
    assert wrong(text, "md") == []


def test_a_growth_column_is_learned_from_its_rows() -> None:
    rows = [("甲村", 120, 100, "20%"), ("乙村", 90, 75, "20%"), ("丙村", 66, 60, "10%"), ("丁村", 84, 70, "30%")]
    text = "| 村 | 本期 | 上年同期 | 同比增长 |\n| --- | --- | --- | --- |\n"
    text += "".join(f"| {a} | {b} | {c} | {d} |\n" for a, b, c, d in rows)
    assert [(f.type, words(text, f)) for f in wrong(text, "md")] == [("growth", ["84", "70", "30%"])]


def test_a_table_without_a_total_and_without_rates_says_nothing() -> None:
    text = "| 村 | 开会 | 走访 |\n| --- | --- | --- |\n| 甲村 | 12 | 30 |\n| 乙村 | 10 | 25 |\n"
    assert found(text, "md") == ()


def test_subtotals_are_added_into_the_grand_total() -> None:
    text = "| 单位 | 党员 |\n| --- | --- |\n| 甲村 | 30 |\n| 乙村 | 20 |\n| 小计 | 50 |\n| 丙站 | 12 |\n| 丁站 | 8 |\n| 小计 | 20 |\n| 合计 | 70 |\n"
    assert wrong(text, "md") == []
    assert [f.type for f in wrong(text.replace("| 70", "| 90"), "md")] == ["sum"]
