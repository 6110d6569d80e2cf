"""Sentences that take up figures told before them, in every order and writing; and those that only look like it."""

import pytest

from tests.reading.arithmetic import TWO, found, wrong
from tests.reading.arithmetic.rates import Case, Maker, cases, taken_up

SEED = 20_260_123
COUNT = 120
MAKERS: tuple[tuple[Maker, float], ...] = (
    (taken_up.multiples, 0.9),
    (taken_up.since_opening, 0.95),
    (taken_up.behind_a_cause, 0.9),
    (taken_up.next_difference, 0.95),
    (taken_up.of_this_batch, 0.9),
    (taken_up.of_halves, 0.9),
    (taken_up.by_another_name_of_the_span, 0.9),
    (taken_up.width_of_a_rise, 0.95),
    (taken_up.parts_with_a_rest, 0.95),
)


def is_found(case: Case) -> bool:
    """Whether an alarm points at the stated figure."""
    start, end = case.told
    return any(span.start < end and start < span.end for f in wrong(case.text) for span in f.spans)


@pytest.mark.parametrize(("make", "share"), MAKERS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_takes_up_a_figure_told_before_is_held_against_it(make: Maker, share: float) -> None:
    made = list(cases(make, COUNT, SEED))
    planted = [case for case in made if case.is_wrong]
    missed = [case.text for case in planted if not is_found(case)]
    assert len(missed) <= (1 - share) * len(planted), missed
    assert [(case.text, f.working) for case in made if not case.is_wrong for f in wrong(case.text)] == []


TABLE = "| 单位 | 去年知晓率(%) | 今年知晓率(%) | 改厕(座) |\n|---|---|---|---|\n"
ROWS = "| 石桥村 | 71.1 | 80.4 | 157 |\n| 柳湾村 | 84.6 | 91.2 | 213 |\n| 东河村 | 80.1 | 88.4 | 134 |\n"
TOLD = (
    # A list of bare numbers, the measure behind the last.
    ("sum", "东、中、西片上报线索分别为84、57和150条，总计上报〔291|281〕条。"),
    ("sum", "三个支部分别走访84户、57户和150户，一共走访〔291|281〕户。"),
    # All parts by their names, far off.
    (
        "sum",
        "开展日常巡查41次、夜间抽查42次、专项督查58次。\n\n库存年初2174吨，期末2033吨，减少141吨。"
        "\n\n把日常巡查、夜间抽查、专项督查加在一起，总共出动〔141|114〕次。",
    ),
    # What is left of what there was at first.
    ("difference", "院内原有行道树358棵。\n\n上述行道树因病害伐除128棵，没有补种，现存〔230|210〕棵。"),
    # A heading that looks back and ahead: what it tells has happened.
    ("repeat", "一、主要工作\n\n改造活动室面积2742平方米。\n\n二、小结与打算\n\n改造活动室面积〔2742|1742〕平方米，已经验收。"),
    ("repeat", "公益服务时长为467小时。\n\n来年要把〔467|267〕小时公益服务时长这个底子保持住。"),
    # An average of those whose number the words name again.
    ("per", "下拨党建经费180926元，覆盖党员741名。按党员人数平均，人均〔244.2|544.2〕元。"),
    # Limits that all are said to keep.
    ("limit", "供水抢修应当在12小时以内完成，全年每次都做到了。\n\n走访中了解到，东河小区的供水抢修实际用了〔9|20〕小时。"),
    (
        "limit",
        f"{TABLE}{ROWS}\n任务下达时规定，单个单位的改厕数不超过〔240|200〕座，表中各单位都没有突破。",
    ),
    # The cell of a column of rates, quoted by its heading and row.
    ("repeat", f"{TABLE}{ROWS}\n从表中看，柳湾村的今年知晓率为〔91.2|83.7〕%，居前。"),
    # All rows of a table.
    ("sum", f"{TABLE}{ROWS}\n各单位累计改厕数见上表，改厕合计〔504|604〕座。"),
    # A number by the name of its class within a whole called by its own.
    ("part_of", "医护人员总数为854名，医护人员总数中，检验技师〔153|953〕名。"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "told"), TOLD)
def test_a_wrong_figure_is_found_and_the_right_one_raises_no_alarm(kind: str, told: str) -> None:
    right, slip = TWO.sub(r"\1", told), TWO.sub(r"\2", told)
    assert wrong(right) == []
    assert kind in {f.type for f in wrong(slip)}, found(slip)


LOOK_ALIKES = (
    # Two of several who take care; others are not told.
    "摸排留守儿童192名。\n\n在摸排出的留守儿童中，由祖辈照料的73名，由亲友代管的56名，各村明确了联系人。",
    # Another group grew than the one told before.
    "学员31名，其中女学员17名；上期学员48名，今年扩了4名。",
    # A rate of a class of its own, whom nobody counted.
    "全区有在校学生5.27万人，其中小学生3.41万人、中学生1.86万人，由家长开车接送的约占学生总数的四成。",
    # One row of a table, and not all.
    "应交党费11732元，党员117名，人均100.3元。\n\n| 支部 | 党员 | 应交（元） |\n|---|---|---|\n| 机关支部 | 32 | 4512.00 |"
    "\n| 窗口支部 | 41 | 2460.00 |\n| 离退休支部 | 44 | 4760.00 |\n\n窗口支部年轻人多，人均应交只有60元。",
    # Of last year's sites, and not of this year's.
    "监测断面24个，达标21个，占87.5%。去年一季度监测断面22个，达标的18个，占81.8%。",
    # What each has is held against what each had.
    "家庭户人口45.8万人，平均每户2.71人，比2010年的3.26人减少0.55人。",
    # An answer that may go with another.
    "问卷收回160份，认为收获很大的136份；认为声音不够大的29份，认为路标不清的41份。",
    # Two differences, each of its own base.
    "优良率87.4%，较上年同期的84.1%提高3.3个百分点，比年度目标85%高2.4个百分点。",
    # What was found, mended and is left: of no whole but their own.
    "检查单位730多家，发现隐患214处，已整改209处，还有5处正在督办。",
    # A later step loses others.
    "进入体检的130人，合格126人，合格率96.9%；考察中有12人放弃。",
    # Parts with a rest of a whole that one of them opens.
    "承办提案78件。办理意见97件，会办12件，其余待交办。",
    # What is reached is told beside what is planned for the year ahead.
    "公益服务时长为467小时。\n\n来年公益服务时长要达到567小时。",
    # Spans of the year that are not the same.
    "1—9月走访群众1590户。\n\n上半年走访群众1950户。",
)


@pytest.mark.parametrize("told", LOOK_ALIKES)
def test_what_only_looks_like_it_raises_no_alarm(told: str) -> None:
    assert [f.working for f in wrong(told)] == []
