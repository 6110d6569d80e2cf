"""What an average is taken of, and what it is surely not taken of, though it stands nearer."""

import pytest

from tests.reading.arithmetic import found, words, wrong


@pytest.mark.parametrize(
    ("text", "operands"),
    [
        (
            "共开讲座126场，其中进村38场、进校24场、进企64场，听众1.89万人次，场均180人次。",
            ["126场", "1.89万人次", "180人次"],
        ),
        (
            "全年供餐8万份，其中送餐上门1.6万份。开支96万元，按份数摊下来，一份15元。",
            ["8万份", "96万元", "15元"],
        ),
        (
            "查处案件468件，其中超限297件、其他171件。卸载货物5940吨，平均每件超限案件卸载24吨。",
            ["297件", "5940吨", "24吨"],
        ),
        (
            "进馆18万人次，外借12.6万册次，持证读者1.8万人，平均每证借了9册次。",
            ["12.6万册次", "1.8万人", "9册次"],
        ),
        ("发车4.2万辆次，收到投诉168件，每万辆次投诉48件。", ["4.2万辆次", "168件", "48件"]),
        ("居民12万户，汽车9.6万辆，每百户拥有汽车90辆。", ["12万户", "9.6万辆", "90辆"]),
    ],
)
def test_an_average_is_taken_of_the_whole_or_of_the_part_it_names(text: str, operands: list[str]) -> None:
    assert [words(text, one) for one in wrong(text)] == [operands]


@pytest.mark.parametrize("former", ["上年同期件均7.35元", "去年件均7.2元", "上季度件均6.8元", "年初件均6.5元"])
def test_an_average_of_another_time_is_not_taken_of_the_numbers_of_this(former: str) -> None:
    assert wrong(f"全市快递业务收入8.82亿元，业务量1.26亿件，件均7元，{former}。") == []


@pytest.mark.parametrize("row", ["玉米1800亩、油菜700亩、红薯400亩", "甲村500亩、乙村400亩"])
def test_an_average_over_several_told_in_a_row_is_not_taken_of_the_last_one(row: str) -> None:
    assert wrong(f"全乡种植{row}，亩均收入1150元，全部收入约340万元。") == []


def test_an_average_of_a_former_time_is_taken_of_the_numbers_of_that_time() -> None:
    text = "去年全市快递业务收入7.2亿元，业务量9000万件，去年件均12元。"
    assert [one.type for one in wrong(text)] == ["per"]


def test_a_wrong_average_of_this_year_is_found_beside_a_former_one() -> None:
    text = "全市快递业务收入8.82亿元，业务量1.26亿件，件均9元，上年同期件均7.35元。"
    assert [words(text, one) for one in wrong(text)] == [["8.82亿元", "1.26亿件", "9元"]]


@pytest.mark.parametrize(
    "text",
    [
        "规定每件2日内回复。抽查500件，15件超过规定，最长的6日，已责令整改。",
        "承诺件一律5个工作日内办结，有2件超过期限，最长的9个工作日，已约谈责任人。",
        "急件均要求2小时内送达，有一件走了5小时，超过时限，已对投递员问责。",
    ],
)
def test_a_break_that_the_text_owns_up_to_is_no_contradiction(text: str) -> None:
    assert wrong(text) == []


def test_a_number_of_visits_pointed_back_at_as_so_many_people_is_found_whatever_they_are_called() -> None:
    for said in ("3600名护工", "3600位老人", "3600人", "3600名学员"):
        text = f"全年服务3600人次。这{said}里，多数来过两回。"
        assert [one.type for one in wrong(text)] == ["unit"], said
    assert wrong("全年服务3600人次。这3600名次里，多数来过两回。") == []


def test_the_earlier_of_two_named_years_is_the_base_of_a_change() -> None:
    right = "前年教师到企业调研16次，去年24次，次数多了50%。"
    assert [one.verdict for one in found(right) if one.type == "growth"] == ["consistent"]
    assert [one.type for one in wrong(right.replace("50%", "40%"))] == ["growth"]
