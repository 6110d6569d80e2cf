"""Numbers that look as if they spoke of each other and do not: each of these texts is right as it stands."""

import pytest

from tests.reading.arithmetic import TWO, wrong

RIGHT = (
    "来信139封，其中本人首次来信90封，重复来信19封，匿名的另行登记。",
    "收到意见240条，其中书面150条，口头60条，匿名的未计在内。",
    "测评收回有效票115张，好、较好、一般分别为37张、38张、40张，各占32.2%、33.0%、34.8%。",
    "全年应轮训网格员66人，分三期办班。\n\n应轮训的网格员实际轮训61人，轮训率92.4%。",
    "应入户核查2118户。\n\n走访还在进行。应入户核查2118户，至今还有391户没有走到，核查完成率81.5%。",
    "安全宣传实际入户187户，户主都签了字。\n\n应入户核查338户，至今还有58户没有走到。",
    "年初在册特困供养对象95人。\n\n动态管理。年末在册特困供养对象91人，比年初少4人。",
    "上级投入194万元，撬动社会资本589万元，社会资本是上级投入的3.0倍。前年添置农机具花了58万元，去年花了70万元。",
    "支部规模不超过50名党员，最大的支部有党员48名，各支部都符合规定。报名听课的男干部102名、女干部74名。",
    "参与群众7818人次；换句话说，走进文化站的群众有7818人次。\n\n接待的群众共计10014人次，桌上放了意见簿。",
    "本年度新发展党员37名。\n\n支部活动正常。党员骨干73名。",
)
EACH = (
    "老年协会和妇联各派13名志愿者，团委派19名，共派出〔45|54〕名。",
    "东村、西村各修路3公里，南村修路5公里，合计修路〔11|8〕公里。",
    "和平社区建驿站4个，东风社区建驿站3个，一共建了驿站〔7|8〕个。",
)
TOLD_RIGHT_BEHIND = ("上级投入194万元，撬动社会资本589万元，社会资本是上级投入的〔3.0|4.0〕倍。",)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_told_of_other_things_is_not_held_against_each_other(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize("text", [*EACH, *TOLD_RIGHT_BEHIND])
def test_each_of_those_named_counts(text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert len(wrong(TWO.sub(r"\2", text))) == 1


TURNED = (
    "认可度前测为74.0%，后测为77.0%，提高〔3.0|4.0〕个百分点。",
    "拖拉机年初拥有量3663台，报废1751台，未新购，年末拥有量〔1912|1712〕台。",
    "收到申请公开47件，其中予以公开13件，部分公开〔16|6〕件，不予公开18件，无其他情形。",
    "集体收入由三块构成：租赁27.3万元、服务37.7万元、分红45.8万元。今年集体收入合计〔110.8|910.8〕万元。",
)
OPEN = (
    "政策宣讲覆盖企业132家，其中小微企业97家，科技型企业60家。",
    "设支部49个，其中机关支部15个、企业支部14个、离退休支部20个。年龄结构更趋合理，老中青各占33.3%、33.3%、33.3%。",
    "受访人员青年占30.7%，中年占34.7%，老年占34.6%。上半年开展演练19次，全年44次。",
)


@pytest.mark.parametrize("text", TURNED)
def test_what_is_left_or_moved_must_come_of_what_there_was(text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert len(wrong(TWO.sub(r"\2", text))) == 1


@pytest.mark.parametrize("text", OPEN)
def test_kinds_that_overlap_and_shares_of_others_are_left_alone(text: str) -> None:
    assert wrong(text) == []
