"""The cleaned view and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.reading.clean import joined
from gangmu.reading.markup import plain_view
from gangmu.reading.script import normalised
from gangmu.reading.values import Format
from gangmu.reading.view import Cut, apply_cuts, composed
from tests.growth import grows_as_its_input
from tests.reading.support import only, spans


def cleaned(text: str, form: Format = "txt") -> str:
    return joined(plain_view(text, form).text).text


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("党的建设总 要求 280 个", "txt", "党的建设总要求280个"),
        ("共有１２３个％", "txt", "共有123个%"),
        ("上交8600\n- 2 -\n余元", "txt", "上交8600余元"),
        ("办结**1,200**余次", "md", "办结1,200余次"),
        ("党员**名，干部**名", "txt", "党员**名,干部**名"),
        ("<p>甲</p><p>乙&nbsp;5&#37;</p>", "html", "\n甲\n乙5%\n"),
        ("<table><tr><td>甲</td><td>12</td></tr></table>", "html", "\n甲\t12\t\n"),
        ("<!-- 12个 --><script>var a=12;</script>三个村", "html", "\n三个村"),
        ("| 村 | 数 |\n|---|:-:|\n| 甲 | 3 |", "md", "\t村\t数\t\n\t甲\t3\t"),
        ("稻香镇 120 35", "txt", "稻香镇120 35"),
        ("走访\u200b120\ufeff户", "txt", "走访120户"),
        (
            "今年以来全镇上下坚持党建引领基层治理走访12\n00余户",
            "txt",
            "今年以来全镇上下坚持党建引领基层治理走访1200余户",
        ),
    ],
)
def test_markup_wraps_and_widths_are_cleaned(text: str, form: Format, expected: str) -> None:
    assert cleaned(text, form) == expected


def test_a_torn_line_is_joined_and_a_short_cell_is_not() -> None:
    assert "深入贯彻" in cleaned("主要任务是深入学习宣传贯彻党的二十大精神并深\n入贯彻落实省委部署要求。")
    assert cleaned("稻香镇\n120\n云丘镇\n88") == "稻香镇\n120\n云丘镇\n88"


def test_normalising_keeps_the_length_whatever_the_signs() -> None:
    text = "「壹」１２３，萬戶　—～｜％"
    assert len(normalised(text)) == len(text)
    assert normalised(text) == "“壹”123,万户 -~\t%"


@given(st.text(alphabet="甲乙1２ \n\t*<b>/&;-|#余万个，。\u200b", max_size=60))
def test_every_sign_of_the_view_stands_where_the_map_says(text: str) -> None:
    plain = plain_view(text, "md")
    view = joined(plain.text)
    whole = composed(view, plain)
    for position, sign in enumerate(view.text):
        at = whole.source_start(position)
        assert at == plain.source_start(view.source_start(position))
        assert sign in (normalised(text[at]), "\n", "\t", " ", "<", ">", "&") or text[at] == "&"


@given(st.text(alphabet="ab", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_spans_of_a_view_cover_their_source(text: str, one: int, two: int) -> None:
    low, high = sorted((min(one, len(text)), min(two, len(text))))
    view = apply_cuts(text, [Cut(low, high, "")] if high > low else [])
    assert view.text == text[:low] + text[high:]
    for start in range(len(view.text)):
        for end in range(start + 1, len(view.text) + 1):
            span = view.source_span(start, end)
            assert text[span.start] == view.text[start]
            assert text[span.end - 1] == view.text[end - 1]


def test_a_claim_inside_markup_spans_the_source_as_it_stands() -> None:
    assert only("<p>办结<b>1187</b>件。</p>", "html").text == "1187</b>件"
    assert spans("办结**1187**件。", "md") == ["1187**件"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<",
        "\n",
        "*",
        "- ",
        " ",
        "&",
        "](a",
        "<!--",
        "\n-",
        "1\n",
        "《",
        "“",
        "第",
        "一、",
        "(",
        "\t",
        "1",
        "一",
        "X",
        "百分之",
        "<td",
        "1,",
        "1、",
        "十、和",
        "博士39、",
    ],
)
def test_what_a_hostile_text_costs_grows_as_its_length(hostile: str) -> None:
    assert grows_as_its_input(lambda signs: spans(hostile * (signs // len(hostile)), "md"), 2_500, 40_000)
