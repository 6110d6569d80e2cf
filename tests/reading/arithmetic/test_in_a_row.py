"""Stories told a number a sentence: 〔the right number|a wrong one〕 is what the two sentences before come to."""

import pytest

from tests.reading.arithmetic import TWO, wrong

CASES = (
    ("difference", "审批事项清理前有148项。经过几轮清理，保留128项。前后对照，减少了〔20项|22项〕。"),
    ("difference", "社区食堂去年底有24家。今年又开了一批，共38家。一年净增〔14家|16家〕。"),
    ("difference", "食堂年初库存大米3318公斤。一年下来，吃掉2580公斤。账面应剩〔738公斤|378公斤〕，和盘库数对得上。"),
    ("points", "托位使用率上年末是46.5%。新设普惠价格以后，这个数字变成了58.1%，前后相差〔11.6|16.1〕个百分点。"),
    ("points", "说垃圾分类，头一回抽查，投对的才65.3%。再查，投对的有88.7%。一头一尾差着〔23.4|32.4〕个百分点。"),
    ("share", "电商培训报名174人。真正开起店的38人。这样算，开店的占报名的〔21.8%|24.8%〕。"),
    ("share", "出租房屋登记在册2330套。逐户上门，签订责任书的1854套。签约率〔79.6%|69.6%〕。"),
    ("growth", "乡村旅游，先说去年，全年接待57752人次。经过打磨，今年接待82157人次。前后一比，增长〔42.3%|29.7%〕。"),
    ("growth", "再说水费，前年抄表收上来44624元。今年收上来62398元。比前年多收〔39.8%|29.8%〕。"),
    ("per", "志愿服务队登记在册志愿者149名。据系统统计，累计服务时长4320小时。平均〔29小时|39小时〕。"),
    ("multiple", "电子证照年初生成421本。年末累计生成1830本。两相比较，年末是年初的〔4.3倍|5.3倍〕。"),
)


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_right_number_raises_no_alarm(kind: str, text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_the_wrong_number_is_found_as_what_it_is(kind: str, text: str) -> None:
    assert kind in {finding.type for finding in wrong(TWO.sub(r"\2", text))}


SILENT = (
    "全年72000元已经到账。光伏分红上半年为16800元。下半年收入比上半年多9400元。",
    "化解率92%，尚有13件正在办理。与第三季度的185件相比，减少21件。",
    "茶山承包二十八万元，民宿分红十七万五千元。茶山占了四成五。",
    "上年城镇居民为41171元。五年前农村居民为14571元。居民消费价格上涨1.1%。",
    "就业率95.0%。2023届就业率92.5%，提高2.5个百分点。",
    "培训党员120名。走访群众85户。满意率98%。",
)


@pytest.mark.parametrize("text", SILENT)
def test_what_is_of_something_else_stays_silent(text: str) -> None:
    assert wrong(text) == []


FAR = (
    (
        "repeat",
        "一、基本情况\n先列几组底数：参训率去年为87.2%；新增公办幼儿园学位762个。\n二、工作情况\n"
        "年内新增的〔762个|732个〕公办幼儿园学位，缓解了“入园难”。",
    ),
    (
        "points",
        "一、基本情况\n先列几组底数：全员培训参训率去年为87.2%；督查要求问题线索办理不超过45天。\n二、工作情况\n"
        "今年全员培训参训率达到93.5%，较去年提高〔6.3个百分点|6.3%〕，补课的也都补上了。",
    ),
    (
        "part_of",
        "先列几组底数：老旧小区改造涉及楼栋〔138栋|118栋〕。\n"
        "关于旧改，列入改造的楼栋当中，已完成外立面的98栋，已换好管网的另有37栋，前后没有重叠。",
    ),
    ("part_of", "今年流转的〔557亩|457亩〕地，没有一窝蜂地干。种中药材的364亩。种青贮玉米的162亩。"),
    (
        "limit",
        "村里有规矩，单笔开支不得超过3000元，超了就要上会，今年最大的一笔是〔2905元|3905元〕，没破规矩。",
    ),
)


@pytest.mark.parametrize(("kind", "text"), FAR)
def test_what_was_told_paragraphs_before_is_held_against_what_comes_of_it(kind: str, text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert kind in {finding.type for finding in wrong(TWO.sub(r"\2", text))}


@pytest.mark.parametrize("times", ["3.9倍", "5.9倍"])
def test_a_column_of_multiples_is_what_most_of_its_rows_keep(times: str) -> None:
    rows = f"项目\t首年\t今年\t今年为首年的倍数\n夜校报名\t784\t2144\t2.7倍\n书屋借阅\t431\t1922\t4.5倍\n短视频\t229\t886\t{times}\n"
    assert [f.type for f in wrong(rows)] == ([] if times == "3.9倍" else ["multiple"])


MORE = (
    ("multiple", "高层住宅小区报警242次，多层小区93次，前者为后者的〔2.6倍|1.6倍〕。"),
    ("multiple", "今年以来，窗口办件264件。群众满意。\n同一时期网上办件1162件，为窗口办件的〔4.4倍|3.4倍〕。"),
    ("sum", "机关、车间、后勤党支部分别开展主题党日十次、七次、二十三次，合计〔四十次|四十九次〕。"),
    ("sum", "走访支出30.8万元。培训支出32.9万元。宣传支出14.4万元。以上三笔共〔78.1万元|71.8万元〕。"),
    ("share", "全村334户农户，完成卫生厕所改造的有267户，普及率达到〔79.9%|97.9%〕。"),
    ("limit", "每个日托班限额43人，本季度人数最多的日托班收〔34人|54人〕，没有超员。"),
    ("part_of", "改造危房〔一百三十二栋|一百一十二栋〕。目前已竣工四十七栋，尚在施工七十七栋，其余待开工。"),
)


@pytest.mark.parametrize(("kind", "text"), MORE)
def test_what_is_named_back_or_set_against_another_is_held_against_it(kind: str, text: str) -> None:
    assert wrong(TWO.sub(r"\1", text)) == []
    assert kind in {finding.type for finding in wrong(TWO.sub(r"\2", text))}


@pytest.mark.parametrize(
    "text",
    [
        "今年受理信访5134件。去年同期电信诈骗立案415起，同比下降12.0%。",
        "检查沿街经营单位772家。\n沿街经营单位检查结果为：合格246家，限期整改279家，其余待复查。",
    ],
)
def test_numbers_far_apart_and_lists_with_a_rest_stay_silent(text: str) -> None:
    assert wrong(text) == []
