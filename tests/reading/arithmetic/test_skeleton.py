"""The skeleton: one mark for each claim, the language between them, tables apart."""

import re

from gangmu.reading.arithmetic.marks import MARK, PERCENT, POINTS, QUANTITY, TIMES
from gangmu.reading.arithmetic.skeleton import Skeleton, skeleton
from gangmu.reading.arithmetic.structure import structure
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Format, Source


def bones(text: str, form: Format = "txt") -> Skeleton:
    return skeleton(read_all(Source("文稿", text, form)))


def test_every_claim_of_prose_has_one_mark_in_order() -> None:
    s = bones("党员大会应到50人，实到47人，到会率94%，提高2个百分点，是上年的3倍。")
    assert [s.text[place] for place in s.at] == [QUANTITY, QUANTITY, PERCENT, POINTS, TIMES]
    assert [c.text for c in s.claims] == ["50人", "47人", "94%", "2个百分点", "3倍"]


def test_leads_and_trails_stop_at_marks_and_full_stops() -> None:
    s = bones("前一句话。走访农户120户困难家庭，慰问30人。后一句话。")
    assert s.leads == ("走访农户", "困难家庭,慰问")
    assert s.trails == ("困难家庭,慰问", "")


def test_wraps_spaces_and_markup_are_gone() -> None:
    plain = bones("今年以来，全镇各村共受理群众诉求1233件，办结1187件。")
    wrapped = bones("今年以来，全镇各村共受理群众\n诉求 1233 件，办结\n1187 件。")
    marked = bones("今年以来，全镇各村共受理**群众诉求**1233件，办结1187件。", "md")
    html = bones("<p>今年以来，全镇各村共受理<b>群众诉求</b>1233件，办结1187件。</p>", "html")
    assert plain.text.strip() == wrapped.text.strip() == marked.text.strip() == html.text.strip()


def test_traditional_characters_read_like_simplified_ones() -> None:
    assert bones("全年處理個案1233宗，佔總數95%。").text == bones("全年处理个案1233宗，占总数95%。").text


def test_a_table_is_lifted_out_of_the_prose() -> None:
    s = bones("概况如下。\n\n| 村 | 会议 |\n| --- | --- |\n| 甲村 | 12 |\n| 乙村 | 10 |\n\n另走访30户。\n", "md")
    assert [c.text for c in s.claims] == ["30户"]
    (grid,) = s.grids
    assert grid.headings == ("村", "会议")
    assert [[cell.claim.text if cell.claim else cell.words for cell in row] for row in grid.rows] == [
        ["甲村", "12"],
        ["乙村", "10"],
    ]


def test_the_number_of_marks_is_the_number_of_claims() -> None:
    s = bones("共3个村。\n\n村\n会议\n走访\n甲村\n12\n30\n乙村\n10\n20\n\n合计走访50户。")
    assert len(MARK.findall(s.text)) == len(s.claims) == len(s.at) == len(s.leads) == len(s.trails)


def test_sentences_and_paragraphs_are_where_they_stand() -> None:
    s = bones("第一段有12户。再有30户。\n第二段有40户。")
    assert s.text[slice(*s.sentence(s.at[1]))].startswith("再有")
    assert s.paragraph(s.at[0]) == s.paragraph(s.at[1]) != s.paragraph(s.at[2])


def test_one_search_finds_the_numbers_that_a_sign_leads_in() -> None:
    s = bones("全年培训1200人，平均每场40人，开班30期。平均分另计，得分90分；户均增收200元，人均80元。")
    sign = re.compile("平均|[户人]均")
    assert s.led_by(sign) == [i for i, lead in enumerate(s.leads) if sign.search(lead)] == [1, 3, 4, 5]
    assert s.led_by(re.compile("合计")) == []


def test_a_sign_behind_the_last_number_or_across_a_stop_leads_in_none() -> None:
    s = bones("建成30个，平均。\n完成20个，平均")
    assert s.led_by(re.compile("平均")) == []


def test_stocks_are_the_counts_that_do_not_stand_aside() -> None:
    t = structure(bones("今年受理1300件，去年1233件，增长5.4%，平均每月108件，办结1280件。"))
    assert [t.claims[i].text for i in t.quantities] == ["1300件", "1233件", "108件", "1280件"]
    assert [t.claims[i].text for i in t.stocks] == ["1300件", "1280件"]
    assert [t.claims[i].text for i in sorted(t.averaged)] == ["108件"]
