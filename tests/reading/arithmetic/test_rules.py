"""A rule is asked only where its signs stand, and misses nothing for it."""

import re
from pathlib import Path

import pytest

from gangmu.reading.arithmetic import far
from gangmu.reading.arithmetic.elsewhere import Nouns
from gangmu.reading.arithmetic.marks import HOLE, MARKS, PERCENT, QUANTITY
from gangmu.reading.arithmetic.rules import DETECTORS, IN_A_ROW, OVERFULL, Led, thirds
from gangmu.reading.arithmetic.skeleton import Skeleton, skeleton
from gangmu.reading.arithmetic.structure import Structure, structure
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Source
from gangmu.reading.wording import DEFAULT
from tests.reading.corpus import documents

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8")
RARE = (
    "全县13个乡镇，进度70%以上的5个，50%至70%的6个，50%以下的3个。",
    "会议应到45人，请假4人，实到42人。",
    "到会48位，来自乡镇的27位，来自学校的14位，来自企业的11位。",
    "在册志愿者2600人，参加过培训的2860人。",
    "满意1246人，基本满意598人，不满意156人。满意与基本满意合计1744人。",
    "流转撂荒地56.6公顷，合489亩。",
    "先后看望孤寡老人13位、残疾人44位、困境儿童十七位，五十七位群众得到了及时帮扶。",
    "评出一等奖52名。获一等奖的学生里，有57名来自乡镇。",
    "今年流转的457亩地，没有一窝蜂地干。种中药材的364亩。种青贮玉米的162亩。",
    "审批事项清理前有148项。经过几轮清理，保留128项。前后对照，减少了20项。",
    "走访支出30.8万元。培训支出32.9万元。宣传支出14.4万元。以上三笔共78.1万元。",
    "村里的水井共38口。水质合格的31口。不合格的9口，贴了警示。",
    "制度规定，接警后到场不超过20分钟。最慢的一次用了28分钟，每次都没有超过规定时间。",
)
TEXTS = (*RARE, *(document.text for document in documents()), *SENTENCES.split("\n\n"), SENTENCES)
LED = tuple(rule for rule in (*DETECTORS, thirds, IN_A_ROW, OVERFULL) if isinstance(rule, Led))
STRUCTURES: list[Structure] = []


def bones(text: str) -> Skeleton:
    return skeleton(read_all(Source("a.txt", text)))


@pytest.fixture
def structures() -> list[Structure]:
    """What the rules read of every document of the corpus, made once."""
    if not STRUCTURES:
        STRUCTURES.extend(structure(bones(text)) for text in TEXTS)
    return STRUCTURES


@pytest.mark.parametrize("rule", LED, ids=lambda rule: rule.find.__name__)
def test_a_rule_finds_nothing_where_none_of_its_signs_stands(rule: Led, structures: list[Structure]) -> None:
    for t in structures:
        led = set(rule.places(t))
        elsewhere = [i for i in range(len(t.s.at)) if i not in led]
        assert not [f for i in elsewhere for f in rule.find(t, i, DEFAULT)]


@pytest.mark.parametrize("rule", LED, ids=lambda rule: rule.find.__name__)
def test_a_rule_finds_something_where_its_signs_stand(rule: Led, structures: list[Structure]) -> None:
    assert any(True for t in structures for _ in rule(t, DEFAULT))


@pytest.mark.parametrize("rule", LED, ids=lambda rule: rule.find.__name__)
def test_a_rule_is_not_asked_at_every_number(rule: Led, structures: list[Structure]) -> None:
    asked = sum(len(rule.places(t)) for t in structures)
    assert asked < sum(len(t.s.at) for t in structures)


@pytest.mark.parametrize(("rule", "signs"), far.RULES, ids=lambda one: getattr(one, "__name__", ""))
def test_a_rule_over_a_distance_finds_nothing_where_none_of_its_signs_stands(
    rule: far.Rule, signs: re.Pattern[str], structures: list[Structure]
) -> None:
    for t in structures:
        led, nouns = set(t.s.led_by(signs)), Nouns(t)
        assert not [f for i in range(len(t.s.at)) if i not in led for f in rule(nouns, i, DEFAULT)]


@pytest.mark.parametrize(("rule", "signs"), far.OPENED, ids=lambda one: getattr(one, "__name__", ""))
def test_a_rule_led_by_what_opens_a_sentence_finds_nothing_where_it_is_absent(
    rule: far.Rule, signs: re.Pattern[str], structures: list[Structure]
) -> None:
    for t in structures:
        led, nouns = set(far.opened_by(t, signs)), Nouns(t)
        assert not [f for i in range(len(t.s.at)) if i not in led for f in rule(nouns, i, DEFAULT)]


def test_the_places_of_a_rule_are_in_text_order_and_each_told_once(structures: list[Structure]) -> None:
    for t in structures:
        for rule in LED:
            places = rule.places(t)
            assert list(places) == sorted(set(places))


def test_only_sentences_that_tell_a_number_are_read() -> None:
    s = bones("今年不错。办结12件。受理30件！没有数字的一句。\n又一句没有。走访5户。")
    assert [s.text[start:end] for start, end in s.told] == [f"办结{QUANTITY}。受理{QUANTITY}", f"走访{QUANTITY}"]


def test_a_text_without_numbers_has_nothing_to_read() -> None:
    assert bones("没有数字。").told == ()


def test_words_before_and_behind_a_number_end_at_the_next_number_and_the_full_stop() -> None:
    s = bones("开头。受理30件，办结率90%左右。又走访XX户农家。")
    assert s.marks == QUANTITY + PERCENT + HOLE
    assert s.leads == ("受理", ",办结率", "又走访")
    assert s.trails[0] == ",办结率"
    assert all(mark not in words for mark in MARKS for words in (*s.leads, *s.trails))


def test_rows_begin_only_where_the_sentence_goes_on_in_the_same_unit() -> None:
    t = structure(bones("受理30件，办结20件，走访5户。走访8户。增长5%，新建3个。"))
    assert [t.claims[i].text for i in t.rows] == ["30件"]


def test_changes_averages_and_open_ends_are_not_added_up() -> None:
    t = structure(bones("有90人，比上年增加10人，人均12件，不少于5件。"))
    assert [t.claims[i].text for i, can in enumerate(t.addends) if can] == ["90人"]


def test_the_label_of_a_number_is_also_that_of_those_told_right_behind_it() -> None:
    rule = next(rule for rule in LED if rule.by_label)
    s = bones("应到50人，缺席3人、2人，另有7人发言很多，实到45人。")
    texts = [s.claims[i].text for i in rule.places(structure(s))]
    assert "3人" in texts
    assert "2人" in texts
    assert "45人" not in texts
