"""One figure in two measures on the spot, and totals that their own list gives away: 〔the right number|a wrong one〕."""

import pytest

from tests.reading.arithmetic import TWO, wrong

CONVERSIONS = (
    "今年油菜籽收了18.6吨，合〔37,200斤|3,720斤〕，比去年多打了几场。",
    "村道养护支出3.41万元（即〔三万四千一百元|四万四千一百元〕）。",
    "流转撂荒地56.6公顷，合〔849亩|489亩〕。",
    "新建供水管道7.5公里，也就是〔7,500米|75,000米〕。",
    "新修机耕路21.7公里。挖机开进去，收割机开出来。机耕路折成米数，就是〔21700米|11700米〕。",
    "最低生活保障金全年发放9370万元，合〔0.937亿元|9.37亿元〕。",
    "节约用纸7.2吨，折合〔7200公斤|9200公斤〕。",
    "培训课时累计90分钟，相当于〔1.5小时|2.5小时〕。",
)
SUMS = (
    "“金秋助学”筹资〔91.8万元|78.0万元〕，财政安排34.4万元，工会列支43.6万元，企业捐赠13.8万元。",
    "驻村工作队员共〔五十八名|八十五名〕，其中市级选派六名，县级选派25名，镇机关选派27名。",
    "先后看望孤寡老人13位、残疾人44位、困境儿童十七位，〔七十四位|五十七位〕群众得到了及时帮扶。",
    "新建基层工会〔93家|83家〕，非公企业69家、社会组织15家、新就业形态9家。",
)
OTHERS = (
    "养殖户从32户发展到四十五户，新添〔13户|16户〕。",
    "公开招考报名踊跃，22个岗位吸引613人报名，报名人数是岗位数的〔27.9倍|25.9倍〕，竞争之激烈前所未有。",
    "出口订单414批，内销订单133批，出口批次是内销的〔3.1倍|1.3倍〕。",
    "规上企业资产负债率年初为58.5%，年末降为52.7%，下降〔5.8个百分点|5.8%〕，风险总体可控。",
    "生活垃圾清运车跑了1376趟，清运垃圾5716吨，平均一趟〔4.2吨|2.4吨〕，做到了日产日清。",
    "办公楼用电量从六万九千六百五十三千瓦时压减到六万三千零二十五千瓦时，压减幅度百分之〔九点五|七点五〕。",
)
KINDS = (("unit", CONVERSIONS), ("sum", SUMS), ("", OTHERS))
CASES = [(kind, text) for kind, texts in KINDS for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_right_number_raises_no_alarm(kind: str, text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_wrong_number_is_found_as_what_it_is(kind: str, text: str) -> None:
    types = {finding.type for finding in wrong(TWO.sub(r"\2", text))}
    assert kind in types if kind else types


SILENT = (
    "现有基层党组织286个，其中党委12个、党总支28个、党支部246个，按期换届274个，换届率95.8%。",
    "第一批3亿元，第二批2亿元，合5亿元。",
    "投入资金3万元（5000元为自筹）。",
    "到会的六十二人中，女同志二十五人、党员三十八人、老同志29人，身份互有交叉。",
    "参加1200人，其中男700人、女500人、党员300人。",
    "重点培育食用菌、中药材等八个特色产业，其中食用菌基地165个、中药材基地108个。",
    "教育支出9.39亿元，比2023年增支0.92亿元，增长10.86%。",
    "投资评审项目120个，其中送审预算类60个，结算类40个。",  # an open list
)


@pytest.mark.parametrize("text", SILENT)
def test_what_may_be_right_stays_silent(text: str) -> None:
    assert wrong(text) == []
