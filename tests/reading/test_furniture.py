"""Furniture of web pages is no part of a document; a report that speaks of followers, welfare or calls is."""

import pytest

from gangmu.reading.boilerplate import is_boilerplate
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Source

OF_THE_REPORT = (
    "福利院 | 569 | 622",
    "注册志愿者\t320\t45",
    "网站维护费用  3.2  2.8",
    "- 注册志愿者1200名",
    "（3）购买服务12项",
    "宣教科介绍，听课者为5370人，课件可在公众号回看。",
    "微信公众号粉丝从上年末的6193人涨到7610人，涨幅22.9%。",
    "全年查处侵权案件12起、倒卖票证案件3起。",
    "居民扫码评价1.2万人次，满意率98.5%。",
    "全年出警320起，本站人均出警12次。",
    "全民阅读12万人次，公众号阅读量达3.5万次。",
    "VIP客户120户，存款3.2亿元。",
)
OF_THE_PAGE = (
    "关注公众号“某某写作”，获取更多材料。",
    "扫码关注公众号，领取30篇范文",
    "长按识别二维码，关注我们",
    "如有侵权，请联系本站删除。",
    "本站所有文章仅供学习。",
    "阅读 3.2万",
    "点赞 35",
    "首页 | 新闻 | 公告",
    "浏览量：356",
    "会员可享3次",
    "点击 1200 次",
    "注册 登录",
    "收藏 12 评论 3",
)
CALLS = (
    ("接听咨询电话200～300个，答复及时。", ["200～300个"]),
    ("咨询电话九千五百五十四次。", ["九千五百五十四次"]),
    ("拨打热线3200个，接通率98%。", ["3200个", "98%"]),
    ("联系电话5552103。", []),
    ("监督电话：0731-5552103。", []),
    ("值班电话12小时畅通。", []),
)


@pytest.mark.parametrize("line", OF_THE_REPORT)
def test_a_line_that_reports_is_read(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize("line", OF_THE_PAGE)
def test_a_line_of_the_page_is_not(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(("text", "expected"), CALLS)
def test_calls_are_counted_and_numbers_to_call_are_not(text: str, expected: list[str]) -> None:
    assert [claim.text for claim in read_all(Source("文稿", f"{text}\n")).claims] == expected


def test_a_closing_sentence_that_names_an_account_keeps_its_number() -> None:
    text = "健康讲堂听课者达5370人次。\n\n宣教科介绍，听课者为5370人，课件可在公众号回看。\n"
    assert [claim.text for claim in read_all(Source("文稿", text)).claims] == ["5370人次", "5370人"]
