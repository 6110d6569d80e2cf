"""Accounts in any order, rates that are set, and the place a number is told to: 〔the right number|a wrong one〕."""

import pytest

from tests.reading.arithmetic import TWO, wrong

ACCOUNTS = (
    "今年新建高标准农田0.8万亩，累计建成〔4.4万亩|4.2万亩〕，去年底为3.6万亩。",
    "全区已建成社区食堂〔27家|26家〕，年内新增9家，较年初的18家增长50%。",
    "截至12月底，全镇党员〔1282名|1286名〕。年初1254名，当年发展28名，转入15名，转出9名，去世6名。",
    "支部共有党员〔47名|46名〕，去年年底42名，今年新发展3名，转入2名。",
    "年初有网格员126名，年内调入18名、退出9名，目前全街道共有〔135名|139名〕。",
    "现有社会组织〔88家|92家〕，新增登记12家，注销5家，上年末为81家。",
)
SET_RATES = (
    "合作社吸纳务工群众126人，每人每月增收1800元，全年累计发放工资〔272.16万元|217.2万元〕。",
    "村里的光伏电站一年发电18万度，每度0.4元，全年收益〔7.2万元|8.2万元〕。",
    "社区共有居民小组18个，每个小组配备2名网格员，共配备网格员〔36名|38名〕。",
    "每村补助5万元，全镇23个村共补助〔115万元|110万元〕。",
    "流转土地1200亩，每亩流转费600元，一年租金收入〔72万元|78万元〕。",
    "公益岗位45个，聘用60人，每人每月补贴800元，6个月共发放〔28.8万元|38.8万元〕。",
    "收购干茶12吨，每公斤80元，农户卖茶收入〔96万元|69万元〕。",
    "每名干部包联8户，全镇96名干部共包联群众〔768户|820户〕。",
)
PLACES = (
    "工程总投资1.1亿元，由道路工程5200万元、管网工程4300万元、绿化工程〔1500万元|2500万元〕组成。",
    "今年完成投资4.8亿元，占年度计划6亿元的〔80%|85%〕。",
    "修路十二万五千元，保洁八万元，慰问五万五千元，办公七万元，合计支出〔三十三万元|三十五万元〕。",
    "鱼塘去年收入10万元，今年12.5万元，涨了〔百分之二十五|百分之二十〕。",
    "社区现有志愿者520人，占常住人口〔5200人|6500人〕的十分之一。",
    "参加者925人次，较前一年的〔770人次|740人次〕增加了两成。",
    "修路用了23万元，比上年的11万元多〔12万元|13万元〕。",
    "全村七百三十七户加入合作社，共分红四百二十一万元，户均〔5712元|571元〕。",
)
KINDS = (("difference", ACCOUNTS), ("per", SET_RATES), ("", PLACES))
CASES = [(kind, text) for kind, texts in KINDS for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_right_number_raises_no_alarm(kind: str, text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_wrong_number_is_found_as_what_it_is(kind: str, text: str) -> None:
    types = {finding.type for finding in wrong(TWO.sub(r"\2", text))}
    assert kind in types if kind else types


SILENT = (
    "投资12万元，其中道路7万元，绿化4万元，其余用于管护。",  # each cut off
    "财政投入12万元，其中道路7万元、绿化4万元。",
    "收入12.68万元，其中租金7.9万元、分红4.8万元。",  # the total told finer than its parts
    "平均每名干部包联8户，全镇96名干部共包联群众820户。",  # an average may be rounded
    "每村不少于2名网格员，全镇18个村共配备48名。",
    "每人每天补助50元，全年共发放补助1.2万元。",  # how many days is not told
    "年初计划45项，已完成38项，新增任务6项，正在推进。",
    "每户补助3000元，第一批补助80户，两批共补助50万元。",
    "利率3%，比上年的2%提高1个百分点；满意率88.2%，比上年的93.6%降低5.3个百分点。",
    "税收由0.8亿元增加到1.2亿元，增长50%。",
    "税收由0.8亿元增加到1.2亿元，增长46%。",  # both rounded
)


@pytest.mark.parametrize("text", SILENT)
def test_what_may_be_right_stays_silent(text: str) -> None:
    assert wrong(text) == []
