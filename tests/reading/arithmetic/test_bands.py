"""Classes by the bounds of one measure, a rate beside that of another month, and a figure taken up again from under its heading."""

import pytest

from tests.reading.arithmetic import TWO, wrong

# 〔the right words|wrong ones〕
TOLD = (
    "全县13个乡镇，进度在70%以上的5个，50%至70%的6个，50%以下的〔2个|3个〕。",
    "全校42个班，人数55人以上的3个，45至55人的28个，45人以下的〔11个|15个〕。",
    "120个村中，集体收入50万元以上的36个，20万元至50万元的64个，20万元以下的〔20个|30个〕。",
    "测评单位60家，得分90分以上的22家，80—90分的30家，80分以下的〔8家|18家〕。",
    "全镇办件1250件，3天以内办结的980件，3至5天的210件，5天以上的〔60件|80件〕。",
    "参考300人，60分以上260人，60分以下〔40人|60人〕。",
    "共有泵站46座，扬程30米以下的18座，30—60米的20座，60米以上的〔8座|10座〕。",
    "优良比例91.7%，而8月为83.3%，环比上升〔8.4个百分点|8.4%〕。",
    "监测断面12个，优良比例91.7%，而8月为83.3%，环比上升〔8.4个百分点|9.4个百分点〕。",
    "合格率95%，上季度则是90%，环比提高〔5个百分点|5%〕。",
    "满意率88%，可一季度只有82%，提高〔6个百分点|6%〕。",
    "1.项目资金闲置。5个项目结转616.8万元，其中2个项目208.3万元沉淀两年以上。\n2.政府采购不规范。11份合同未公开招标。\n区里提出建议6条，闲置的〔616.8万元|661.8万元〕已全部制定支出计划。",
    "一、耕地撂荒。三个村合计1286亩，主要在山边。\n二、水渠失修。长3.2公里。\n整改情况：撂荒的〔1286亩|1268亩〕已流转给合作社。",
)

SILENT = (
    "全县党员420名，60岁以上的120名，大专以上的210名，35岁以下的80名。",
    "全镇45个村，收入50万元以上的12个，其中100万元以上的3个。",
    "全县13个乡镇，进度在70%以上的5个，其余正在抓紧。",
    "全村60户，面积50亩以上的12户，收入50万元以下的30户。",
    "报名320人，参考300人，60分以上260人，60分以下40人。",
    "全镇45个村，收入50万元以上的12个，30万元以下的8个。",
)


@pytest.mark.parametrize("text", TOLD)
def test_the_right_number_raises_no_alarm(text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []


@pytest.mark.parametrize("text", TOLD)
def test_the_wrong_number_is_found(text: str) -> None:
    assert wrong(TWO.sub(r"\2", text))


@pytest.mark.parametrize("text", SILENT)
def test_classes_that_overlap_or_leave_something_over_stay_silent(text: str) -> None:
    assert wrong(text) == []
