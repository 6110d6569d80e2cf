"""Numbers in tables: Markdown, HTML, flattened."""

from gangmu.reading.values import Format
from tests.reading.support import claims

MARKDOWN = (
    "# 走访情况通报\n\n| 序号 | 镇 | 走访户数 | 办结率 | 投入资金（元） | 比上年增减 |\n|---|---|---|---|---|---|"
    "\n| 1 | 稻香镇 | 120 | 96.3% | 12,000 | 3 |\n| 2 | 云丘镇 | 88 | 95% | 9,000 | -2 |\n"
)
HTML = (
    "<h1>走访情况</h1><table><tr><th>镇</th><th>走访户数</th></tr><tr><td>稻香镇</td><td>120</td></tr><tr><td>云丘"
    "镇</td><td>88</td></tr></table>"
)
FLAT = "走访情况表\n镇\n走访户数\n办结率\n稻香镇\n120\n96.3%\n云丘镇\n88\n95%\n"


def cells(text: str, form: Format) -> list[tuple[str, str | None, str]]:
    return [(claim.text, claim.subject, claim.kind) for claim in claims(text, form)]


def test_a_cell_takes_its_subject_and_kind_from_its_heading_and_row_numbers_are_left_out() -> None:
    assert cells(MARKDOWN, "md")[:4] == [
        ("120", "走访户数", "count"),
        ("96.3%", "办结率", "ratio"),
        ("12,000", "投入资金（元）", "amount"),
        ("3", "比上年增减", "change"),
    ]
    assert len(cells(MARKDOWN, "md")) == 8


def test_html_and_flattened_tables_are_read_alike() -> None:
    assert cells(HTML, "html") == [("120", "走访户数", "count"), ("88", "走访户数", "count")]
    assert cells(FLAT, "txt") == [
        ("120", "走访户数", "count"),
        ("96.3%", "办结率", "ratio"),
        ("88", "走访户数", "count"),
        ("95%", "办结率", "ratio"),
    ]


def test_years_in_cells_are_no_claims() -> None:
    text = "# 情况\n\n| 年份 | 户数 |\n|---|---|\n| 2023 | 120 |\n| 2024 | 131 |\n"
    assert [claim.text for claim in claims(text, "md")] == ["120", "131"]
