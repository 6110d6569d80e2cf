"""What a number counts: words of time, of moving and of a share's base are no subject; the clause before is asked."""

import pytest

from tests.reading.support import claims

# The sentence, which of its numbers, and words that its subject must be or hold, or lie in.
NAMED = [
    ("果园面积去年3.1万亩，今年达到3.6万亩。", 1, "果园面积"),
    ("果园面积去年3.1万亩，今年达到3.6万亩。", 0, "果园面积"),
    ("游客接待量12万人次，比上年增长8%。", 1, "游客接待量"),
    ("游客接待量12万人次，上年同期为11.1万人次。", 1, "游客接待量"),
    ("参保率95%，较去年同期的93%提高2个百分点。", 1, "参保率"),
    ("参保率95%，较去年同期的93%提高2个百分点。", 2, "参保率"),
    ("书记平均年龄41岁，比上届的46岁下降5岁。", 1, "平均年龄"),
    ("巡山员由8名增加到20名。", 0, "巡山员"),
    ("巡山员由8名增加到20名。", 1, "巡山员"),
    ("审批时限从9个工作日压到2个工作日。", 0, "审批时限"),
    ("科技支出占财政支出的6%。", 0, "科技支出"),
    ("教育支出5亿元，占总支出20亿元的四分之一。", 1, "总支出"),
    ("教育支出5亿元，占总支出20亿元的四分之一。", 2, "教育支出"),
    ("全镇有鱼塘820口，占全县的31%。", 1, "鱼塘"),
    ("30个水库中，还有4个没有管护人。", 1, "水库"),
    ("新建书屋5间，累计23间。", 1, "书屋"),
    ("培养农机手560名，平均每村7名。", 1, "农机手"),
    ("代表意见47件全部办复。", 0, "代表意见"),
    ("贷款余额3.4亿元，去年底为3.1亿元。", 1, "贷款余额"),
    ("2024年7月，镇里受理诉求36件，其中办结30件。", 0, "诉求"),
    ("1. 出行不便：720条，占30%。", 0, "出行不便"),
    ("1. 出行不便：720条，占30%。", 1, "出行不便"),
    ("二是公厕总数突破100座。", 0, "公厕总数"),
    ("常住人口2.3万人。", 0, "常住人口"),
    ("收购价每斤1.4元。", 0, "收购价"),
    ("月薪最高9800元。", 0, "月薪"),
    ("不文明行为140起。", 0, "不文明行为"),
    ("村均集体经济收入31万元。", 0, "村均集体经济收入"),
    ("粮食产量8万吨，按可比口径计算，增长2%。", 1, "粮食产量"),
    ("“三公”经费80万元，比去年压减10%。", 1, "“三公”经费"),
    ("今年，35岁以下的41名，占六成。", 1, "35岁以下"),
]


@pytest.mark.parametrize(("text", "number", "words"), NAMED)
def test_the_subject_is_the_thing_and_no_word_of_time_or_moving(text: str, number: int, words: str) -> None:
    subject = claims(text)[number].subject
    assert subject is not None
    assert subject in words or words in subject


@pytest.mark.parametrize("text", ["上年为30亿元。", "同比增长5%。", "累计23间。", "其中41名。"])
def test_words_of_time_and_moving_alone_are_never_a_subject(text: str) -> None:
    assert claims(text)[0].subject is None


def test_the_search_ends_at_the_paragraph_and_one_sentence_back() -> None:
    assert claims("修建桥梁6座。\n累计23间。")[1].subject is None
    assert claims("修建桥梁6座。每村2座。")[1].subject == "桥梁"
    assert claims("修建桥梁6座。天气很好。每村2座。")[1].subject != "桥梁"
