"""The report people read and the records machines read."""

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.report import finding_record, quoted, report
from gangmu.reading.values import Source, Span

TEXT = "工作总结\n\n一年来，全镇受理群众诉求1233件，办结1187件，办结率99.3%。\n应到50人，实到47人，到会率94%。走访群众XX户。\n"


def page(text: str) -> str:
    reading = read_all(Source("总结.txt", text))
    return report(reading.source, findings(reading), claims=len(reading.claims))


def test_what_does_not_agree_comes_first_with_line_sentence_and_arithmetic() -> None:
    said = page(TEXT)
    assert said.index("对不上，请核对（1处）") < said.index("还没有填数（1处）") < said.index("前后算得通（1处）")
    assert "第3行" in said
    assert "【1233件】" in said
    assert "【99.3%】" in said
    assert "1187 ÷ 1233 = 96.27%" in said


def test_the_summary_counts() -> None:
    assert "共7个数，1处对不上，1处还没有填，1处算得通。" in page(TEXT)


def test_a_clean_text_says_so() -> None:
    assert "没有发现对不上的地方" in page("应到50人，实到47人，到会率94%。")


def test_a_text_without_numbers_says_so() -> None:
    assert "没有找到可以核对的数。" in page("没有数的一句话。")


def test_a_quote_is_one_sentence_with_its_white_space_closed_up() -> None:
    text = "前面一句。\n受理\n  1233件，办结1187件。后面一句。"
    start = text.index("1233件")
    assert quoted(text, [Span(start, start + 5)]) == ["受理 【1233件】，办结1187件。"]


def test_numbers_of_two_sentences_give_two_quotes() -> None:
    text = "受理12件。办结9件。"
    assert len(quoted(text, [Span(2, 5), Span(8, 10)])) == 2


def test_a_record_has_the_keys_of_the_contract_and_plain_numbers() -> None:
    reading = read_all(Source("总结.txt", TEXT))
    records = [finding_record("总结.txt", f) for f in findings(reading)]
    assert all(
        {"doc", "spans", "type", "verdict", "stated", "computed", "working", "figure"} <= set(r) for r in records
    )
    (share,) = [r for r in records if r["verdict"] == "contradiction"]
    assert (share["stated"], share["computed"]) == (99.3, 96.2693)
    (empty,) = [r for r in records if r["verdict"] == "placeholder"]
    assert empty["stated"] is empty["computed"] is None
