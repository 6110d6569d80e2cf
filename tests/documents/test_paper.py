"""A checked document as it reads: paragraphs, marks and cards."""

from decimal import Decimal

import pytest

from gangmu.documents import paper
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Finding, FindingType, Reading, Source, Span, Verdict

TEXT = (
    "关于走访工作的报告\n\n一、做成了哪些事\n全年走访企业412家，解决难题168个。\n"
    "收集诉求1233件，办结1187件，办结率96.3%。\n"
)


def read(text: str = TEXT, kind: str = "txt") -> Reading:
    return read_all(Source("a." + kind, text, kind))  # type: ignore[arg-type]


def finding(verdict: Verdict, *spans: Span, kind: FindingType = "figure", suspect: Span | None = None) -> Finding:
    return Finding(kind, verdict, spans, Decimal(1), Decimal(2), "一句话", "one sentence", suspect)


def span_of(reading: Reading, words: str) -> Span:
    return next(claim.span for claim in reading.claims if words in claim.text)


def test_the_paragraphs_are_the_document_word_for_word() -> None:
    reading = read()
    shown = paper.paragraphs(reading, paper.cards(reading.claims, []))
    assert [paragraph.text for paragraph in shown] == [line for line in TEXT.splitlines() if line.strip()]


def test_headings_keep_their_level_and_running_text_has_none() -> None:
    reading = read()
    shown = paper.paragraphs(reading, paper.cards(reading.claims, []))
    assert [paragraph.level for paragraph in shown] == [0, 1, None, None]


def test_a_document_without_line_breaks_turns_at_its_headings() -> None:
    reading = read(TEXT.replace("\n", " "))
    shown = paper.paragraphs(reading, paper.cards(reading.claims, []))
    assert len(shown) > 2
    assert "".join(paragraph.text for paragraph in shown).strip() == TEXT.replace("\n", " ").strip()


def test_every_claim_is_one_marked_piece() -> None:
    reading = read()
    shown = paper.paragraphs(reading, paper.cards(reading.claims, []))
    marked = {piece.number: piece.text for paragraph in shown for piece in paragraph.pieces if piece.number is not None}
    assert marked == {number: claim.text for number, claim in enumerate(reading.claims)}


def test_markup_is_not_read_and_entities_are() -> None:
    reading = read("<h1>报告</h1><p>走访企业<b>412</b>家 &amp; 站点。</p>", "html")
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs(reading, paper.cards(reading.claims, [])))
    assert "412" in text
    assert "&amp;" not in text
    assert "<" not in text


def test_carriage_returns_and_the_byte_order_mark_are_not_shown() -> None:
    reading = read("\ufeff走访企业412家。\r\n解决难题168个。\r\n")
    shown = paper.paragraphs(reading, paper.cards(reading.claims, []))
    assert [paragraph.text for paragraph in shown] == ["走访企业412家。", "解决难题168个。"]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (["confirmed", "consistent"], "confirmed"),
        (["confirmed", "contradiction"], "contradiction"),
        (["consistent", "unbound"], "consistent"),
        (["no_record", "consistent"], "no_record"),
        ([], "unbound"),
    ],
)
def test_the_gravest_thing_said_of_a_number_is_its_verdict(said: list[Verdict], verdict: Verdict) -> None:
    reading = read()
    span = span_of(reading, "412")
    [card] = [one for one in paper.cards(reading.claims, [finding(v, span) for v in said]) if one.claim.span == span]
    assert card.verdict == verdict


def test_a_contradiction_stains_only_its_culprit() -> None:
    reading = read()
    culprit, other = span_of(reading, "96.3"), span_of(reading, "1187")
    wrong = finding("contradiction", other, culprit, kind="share", suspect=culprit)
    verdicts = {
        card.claim.span: card.verdict for card in paper.cards(reading.claims, [wrong, finding("confirmed", other)])
    }
    assert verdicts[culprit] == "contradiction"
    assert verdicts[other] == "confirmed"


def test_a_placeholder_without_findings_is_a_placeholder() -> None:
    reading = read()
    claim = reading.claims[0]._replace(placeholder=True, value=None)
    assert paper.cards([claim], [])[0].verdict == "placeholder"


def test_groups_begin_with_contradictions_and_leave_out_the_empty() -> None:
    reading = read()
    spans = [claim.span for claim in reading.claims]
    found = [finding("confirmed", spans[0]), finding("contradiction", spans[1])]
    all_cards = paper.cards(reading.claims, found)
    assert [verdict for verdict, _ in paper.by_urgency(all_cards)] == ["contradiction", "unbound", "confirmed"]
    assert paper.tally(all_cards)["contradiction"] == 1
    assert sum(paper.tally(all_cards).values()) == len(reading.claims)
