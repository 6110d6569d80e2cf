"""Which indicator a number means, in sentences of many kinds."""

import pytest

from gangmu.documents.binding import words
from gangmu.documents.rules.proposals import OFFERED
from tests.documents.support import proposed

FIRST = [
    ("全年组织党委理论学习中心组学习24次。", 0, "activity.sessions[study_group]"),
    ("召开支部党员大会12次。", 0, "activity.sessions[members_meeting]"),
    ("书记带头讲党课8堂。", 0, "activity.sessions[lecture]"),
    ("举办培训班16期，培训党员干部960人次。", 0, "activity.sessions[training]"),
    ("举办培训班16期，培训党员干部960人次。", 1, "activity.attendance[training]"),
    ("收集群众诉求412件，办结398件，办结率96.6%。", 0, "matter.received[request]"),
    ("收集群众诉求412件，办结398件，办结率96.6%。", 1, "matter.solved[request]"),
    ("收集群众诉求412件，办结398件，办结率96.6%。", 2, "matter.solved_rate[request]"),
    ("化解矛盾纠纷86起。", 0, "matter.solved[dispute]"),
    ("整顿软弱涣散党组织5个。", 0, "problem.rectified[weak_organisation]"),
    ("查摆问题128个，完成整改119个。", 0, "problem.found[finding]"),
    ("全年发展党员312名。", 0, "member.admitted"),
    ("新建两新组织党组织16个。", 0, "organisation.founded_two_new"),
    ("投入资金260万元，升级改造活动阵地18个。", 0, "money.spent[site_building]"),
    ("投入资金260万元，升级改造活动阵地18个。", 1, "site.upgraded[activity_site]"),
    ("建成党群服务中心9个。", 0, "site.opened[service_centre]"),
    ("配备专职网格员212名。", 0, "roster.joined[grid_worker]"),
    ("选派驻村第一书记44名。", 0, "roster.joined[resident_secretary]"),
    ("为民办实事96件。", 0, "pledge.kept[deed]"),
    ("获评省级先进集体3个、市级先进集体7个。", 0, "honour.granted[advanced_group,provincial]"),
    ("获评省级先进集体3个、市级先进集体7个。", 1, "honour.granted[advanced_group,municipal]"),
    ("获全国优秀调研成果一等奖1个、二等奖2个。", 1, "honour.granted[research_award,national,second_prize]"),
    ("走访企业180家。", 0, "activity.visited[enterprise_visit]"),
    ("群众满意率98.2%。", 0, "matter.satisfied_rate"),
    ("村集体经济年收入10万元以上的村占比61%。", 0, "village.income_100k"),
]


@pytest.mark.parametrize(("text", "number", "key"), FIRST)
def test_the_likeliest_question_comes_first(text: str, number: int, key: str) -> None:
    assert proposed(text, number)[0].key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("化解农村矛盾纠纷86起。", "matter.solved[dispute,rural_area]"),
        ("培育农村致富带头人35名。", "roster.joined[prosperity_leader,rural_area]"),
    ],
)
def test_a_theme_in_the_subject_is_offered_as_a_narrower_question_right_after(text: str, key: str) -> None:
    first, second = proposed(text)[:2]
    assert second.key == key
    assert first.indicator == second.indicator
    assert set(first.selection) < set(second.selection)


@pytest.mark.parametrize(
    "text",
    [
        "常住人口52.3万。",
        "生产总值增加到86亿元。",
        "占百分之三十。",
        "种植面积达到320亩。",
        "平均年龄46岁。",
        "共有学生1200名。",
    ],
)
def test_a_number_of_something_else_is_only_guessed_at(text: str) -> None:
    found = proposed(text)
    assert not found or not found[0].is_enough


@pytest.mark.parametrize("text", ["全年举办活动60场。", "投入资金260万元。", "参加人员1200人次。"])
def test_activities_and_money_of_no_sort_are_not_taken_for_all_there_is(text: str) -> None:
    found = proposed(text)
    assert not found or not found[0].is_enough


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("收集群众诉求3件，办结2件。", "matter.solved[request]"),
        ("排查矛盾纠纷86起，化解85起。", "matter.solved[dispute]"),
        ("查摆问题128个，完成整改119个。", "problem.rectified[finding]"),
    ],
)
def test_a_number_that_leaves_its_thing_to_the_clause_before_is_known_by_its_verb(text: str, key: str) -> None:
    found = proposed(text, 1)[0]
    assert (found.key, found.is_enough) == (key, True)


def test_a_verb_alone_names_nothing() -> None:
    assert all(not one.is_enough for one in proposed("共组织12次。"))


def test_the_kind_of_number_and_the_measure_must_fit() -> None:
    assert not any(one.indicator.startswith("money.") for one in proposed("投入干部45名。"))
    assert not any(one.indicator == "activity.sessions" for one in proposed("召开支部党员大会花了3万元。"))


def test_there_are_at_most_twice_as_many_proposals_as_are_offered() -> None:
    assert len(proposed("收集群众诉求412件。")) <= 2 * OFFERED


def test_a_proposal_is_written_as_a_figure_is_asked_for() -> None:
    found = {one.key for one in proposed("获评省级先进集体3个。")}
    assert "honour.granted[advanced_group,provincial]" in found
    assert "honour.granted" in {one.indicator for one in proposed("获评省级先进集体3个。")}


@pytest.mark.parametrize(
    ("text", "number", "key"),
    [
        ("排查矛盾纠纷86起。", 0, "matter.received[dispute]"),  # the verb against the noun
        ("整顿软弱涣散村党组织9个。", 0, "problem.rectified[weak_organisation]"),
        ("收集企业难题30个，帮助解决28个。", 0, "matter.received[difficulty]"),
        (
            "排查安全隐患45处，消除41处。",
            1,
            "problem.rectified[risk]",
        ),  # the verb at the number against one further off
        ("认领微心愿90个，圆梦88个。", 1, "pledge.kept[deed]"),
        ("村均集体经济收入31.5万元。", 0, "village.average_income"),  # the longer name against the one inside it
        (
            "为在职村干部发放每月800元的人才津贴。",
            0,
            "money.per_person_month[talent_allowance]",
        ),  # 每月 asks for an average
        ("全年发放人才津贴38万元。", 0, "money.spent[talent_allowance]"),
        ("现有网格985个。", 0, "site.in_use[grid]"),
        ("全年完成培训学时560学时。", 0, "activity.hours[training]"),
        ("补录率为2.1%。", 0, "record.late_share"),
        ("入户调查1200户。", 0, "activity.visited[household_visit]"),
    ],
)
def test_verbs_longer_names_and_averages_decide_between_questions(text: str, number: int, key: str) -> None:
    found = proposed(text, number)[0]
    assert found.key == key


@pytest.mark.parametrize("text", ["占比达31.6%。", "覆盖率达到98%。", "由96%提高。"])
def test_a_share_of_nothing_named_is_bound_to_nothing(text: str) -> None:
    assert not any(one.is_enough for one in proposed(text))


def test_a_source_narrows_only_within_its_own_clause() -> None:
    assert "matter.received[request,by_hotline]" in {one.key for one in proposed("12345热线受理群众诉求84件。")}
    found = proposed("走访企业46家，帮助企业解决生产经营难题9个。", 1)
    assert found[0].key == "matter.solved[difficulty]"
    assert not any("by_visit" in one.key for one in found)


def test_a_measure_word_of_one_indicator_alone_names_it() -> None:
    everyone = words()
    assert "学时" in everyone.own_units["activity.hours"]
    assert "个" not in everyone.own_units["site.opened"]


def test_the_word_for_every_problem_is_no_kind_of_problem() -> None:
    everyone = words()
    assert "问题" in everyone.everyone["problem.found"]
    assert "隐患" not in everyone.everyone["problem.found"]
    assert "网格" not in everyone.everyone["site.in_use"]
