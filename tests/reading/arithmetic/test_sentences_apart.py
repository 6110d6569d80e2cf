"""What is left, what is not so, what changed since the beginning, and limits referred to; in texts 〔right|wrong〕."""

import pytest

from tests.reading.arithmetic import TWO, found, words, wrong

LEFT = (
    "年初鉴定出危房127户，图纸都定了。\n施工队已经进场。\n这批危房已改造完工95户，未完工〔32|23〕户。",
    "路灯总数472盏。\n经逐盏查看，能正常亮的396盏。\n不亮的有〔76|67〕盏，已列入维修计划。",
    "年内新进58人，离职40人，净增〔18|21〕人。",
    "年初在册特困供养对象85人。\n低保评议公开进行。\n年末在册特困供养对象75人，比年初少〔10|9〕人，都是自然减员。",
    "摸排出背街小巷64条。\n居民很支持。\n这些小巷已整治完成41条，没有完成〔23|32〕条。",
    "消防栓共有216个。\n逐个开阀试水，出水正常的187个。\n出不了水的有〔29|39〕个，已报修。",
    "全年招入职工36人，辞职21人，净增〔15|25〕人。",
    "今年开办企业120户，注销86户，净增〔34|44〕户。",
    "年初在册低保户210户。\n动态管理抓得紧。\n年末在册低保户188户，比年初少〔22|32〕户。",
    "监控探头一共340个。\n经巡检，完好的312个。\n不完好的〔28|38〕个，月底前修好。",
    "登记电动三轮车186辆。\n管理已经跟上。\n登记的三轮车已上牌152辆，未上牌〔34|43〕辆。",
    "健身器材总数128件。\n其中能用的109件。\n不能用的有〔19|29〕件，准备更换。",
    "当年出生46人，死亡31人，净增〔15|25〕人。",
    "年内调进教师12名，调离教师7名，净增〔5|8〕名。",
    "村里的老井有38口。\n水质合格的31口。\n不合格的有〔7|9〕口，贴了警示。",
    "应急灯共有96盏。\n亮着的83盏。\n不亮的〔13|19〕盏。",
    "年初核定编制内空缺岗位62个，计划报上去了。\n招聘公告按时发了。\n这些岗位已招录到岗47个，未到岗〔15|25〕个。",
)
KEPT = (
    "制度规定，接警后到场不超过20分钟。\n队员日夜备勤。\n从记录看，最慢的一次用了〔18|28〕分钟，每次都没有超过规定时间。",
    "学习平台活跃率升至76.6%。\n大家学得认真。\n年初的学习平台活跃率只有69.9%，一年下来提高〔6.7|5.0〕个百分点。",
    "规定要求，投诉受理后答复不超过5天。\n登记簿是齐的。\n台账显示，最久的一件用了〔4|7〕天，件件都没有超过规定期限。",
    "医疗急救中心承诺，出车不超过3分钟。\n值班不断人。\n最长的一次用了〔2|5〕分钟，次次都在规定时间内。",
    "按规定，抢修人员到场时间不超过45分钟。\n抢修队分两班。\n记录里最慢的一趟用了〔42|54〕分钟，没有一次超过规定时间。",
    "村级公章借用不超过2小时。\n登记有据。\n借用时间最长的一次〔1.5|3.5〕小时，都没有超出规定。",
    "垃圾分类准确率升到88.2%。\n督导员每天到点。\n年初准确率只有79.5%，一年下来提高〔8.7|7.8〕个百分点。",
    "网上办件占比升至63.5%。\n年初网上办件占比仅有51.9%，一年来提升〔11.6|16.1〕个百分点。",
    "规定单笔备用金不超过3000元。\n账目公开。\n最大的一笔是〔2,860|3,860〕元，每一笔都在规定之内。",
)
SILENT = (
    "路灯总数472盏。\n今年新装的396盏。\n不亮的有67盏。",  # new is not the other side of not alight
    "路灯总数472盏。\n能正常亮的396盏，其中新装的85盏。\n不亮的有67盏。",  # another part stands between
    "主要路段有路灯472盏。\n检查的路段中，亮着的有96盏。\n不亮的有12盏。",
    "制度规定，接警后到场不超过20分钟，火场供水不超过30分钟。\n最慢的一次用了28分钟，每次都没有超过规定时间。",  # two limits
    "制度规定，接警后到场不超过20分钟。\n最慢的一次用了28分钟，超过了规定时间，已作检查。",  # owned up to
    "制度规定，答复不超过20天。\n最慢的一次用了28分钟，每次都没有超过规定时间。",  # another measure
    "年初在册高龄老人85人。\n年末在册特困供养对象75人，比年初少9人。",  # another thing
    "年初准确率只有79.5%。\n群众满意度升到98.2%。\n一年下来提高5个百分点。",
)


@pytest.mark.parametrize("sentence", LEFT)
def test_what_is_left_or_not_so_is_held_against_its_whole_sentences_away(sentence: str) -> None:
    good = TWO.sub(r"\1", sentence)
    assert not wrong(good)
    assert "difference" in [f.type for f in found(good)]
    assert [f.type for f in wrong(TWO.sub(r"\2", sentence))] == ["difference"]


@pytest.mark.parametrize("sentence", KEPT)
def test_limits_and_states_that_the_words_only_refer_to_are_found(sentence: str) -> None:
    assert not wrong(TWO.sub(r"\1", sentence))
    assert {f.type for f in wrong(TWO.sub(r"\2", sentence))} <= {"limit", "points"}
    assert len(wrong(TWO.sub(r"\2", sentence))) == 1


@pytest.mark.parametrize("sentence", SILENT)
def test_what_is_of_another_thing_time_or_measure_is_left_alone(sentence: str) -> None:
    assert not wrong(sentence)


def test_the_finding_names_what_was_done_and_the_whole() -> None:
    text = "路灯总数472盏。\n能正常亮的396盏。\n不亮的有67盏。"
    (one,) = wrong(text)
    assert words(text, one) == ["472盏", "396盏", "67盏"]
    assert one.working == "472 - 396 = 76，文中写作67盏，对不上。"
