"""Carriers: a real mail server, a real bot's server; the payloads their makers publish; no address but the allowed."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from gangmu.reminders.carriers import BOTS, NotDelivered, Place, deliver, fits, post_of
from gangmu.reminders.message import bot_text
from gangmu.reminders.rules import Counts
from tests.duties.cases import unhurried
from tests.reminders.servers import Group, Mailbox

TEXT = "纲目：有3件要看看。\nhttps://dangjian.example.cn/"
PATHS = {
    "wecom": "/cgi-bin/webhook/send?key=",
    "dingtalk": "/robot/send?access_token=",
    "feishu": "/open-apis/bot/v2/hook/",
}


def bot(group: Group, carrier: str, token: str = "73febdcb-1b38", secret: str = "") -> Place:
    return Place(group.address(PATHS[carrier]) + token, secret)


@pytest.mark.parametrize(
    ("carrier", "body"),
    [
        ("wecom", {"msgtype": "text", "text": {"content": TEXT}}),
        ("dingtalk", {"msgtype": "text", "text": {"content": TEXT}}),
        ("feishu", {"msg_type": "text", "content": {"text": TEXT}}),
    ],
)
def test_each_bot_is_told_in_the_form_its_maker_publishes(group: Group, carrier: str, body: object) -> None:
    group.answer = {"code": 0, "msg": "success"} if carrier == "feishu" else {"errcode": 0, "errmsg": "ok"}
    deliver(carrier, bot(group, carrier), subject="", text=TEXT)
    assert group.told == [(PATHS[carrier] + "73febdcb-1b38", body)]


def test_dingtalk_signs_the_address_with_milliseconds() -> None:
    post = post_of(
        "dingtalk", Place("https://oapi.dingtalk.com/robot/send?access_token=x", "SECabc"), TEXT, 1_700_000_000.5
    )
    asked = parse_qs(urlsplit(post.address).query)
    assert asked["timestamp"] == ["1700000000500"]
    expected = hmac.new(b"SECabc", b"1700000000500\nSECabc", hashlib.sha256).digest()
    assert base64.b64decode(asked["sign"][0]) == expected


def test_feishu_signs_the_body_with_seconds_and_an_empty_text() -> None:
    post = post_of("feishu", Place("https://open.feishu.cn/open-apis/bot/v2/hook/x", "abc"), TEXT, 1_700_000_000.4)
    assert post.body["timestamp"] == "1700000000"
    expected = hmac.new(b"1700000000\nabc", b"", hashlib.sha256).digest()
    assert base64.b64decode(post.body["sign"]) == expected


@pytest.mark.parametrize("carrier", BOTS)
def test_without_a_secret_nothing_is_signed(carrier: str) -> None:
    post = post_of(carrier, Place("https://x/y"), TEXT, 0.0)
    assert post.address == "https://x/y"
    assert not {"sign", "timestamp"} & set(post.body)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, {"errcode": 93000, "errmsg": "invalid webhook url"}),
        (500, {"errcode": 0}),
        (200, {}),
        (302, {"errcode": 0}),
    ],
)
def test_what_a_bots_server_did_not_take_is_not_delivered_and_no_redirect_is_followed(
    group: Group, status: int, answer: dict[str, object]
) -> None:
    group.status, group.answer = status, answer
    with pytest.raises(NotDelivered) as why:
        deliver("wecom", bot(group, "wecom"), subject="", text=TEXT)
    assert "73febdcb" not in str(why.value)  # an address is a secret and stands in no log
    assert [path for path, _ in group.told] == [PATHS["wecom"] + "73febdcb-1b38"]


def test_a_server_that_is_not_there_is_no_fault_of_ours(settings: Settings) -> None:
    settings.REMINDER_BOTS = {"wecom": "http://127.0.0.1:1/send?key="}
    with pytest.raises(NotDelivered):
        deliver("wecom", Place("http://127.0.0.1:1/send?key=a"), subject="", text=TEXT)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest", "https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=a",
        "https://qyapi.weixin.qq.com@evil.example/", "file:///etc/passwd", "https://qyapi.weixin.qq.com/cgi-bin/x",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a&x=b",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a/../b", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=钥",
        "",
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_never_called(address: str) -> None:
    assert not fits("wecom", Place(address))
    with pytest.raises(NotDelivered):
        deliver("wecom", Place(address), subject="", text=TEXT)


@unhurried
@given(st.text("ab01/@:?&=#\\.-_%\n钥 ", max_size=40))
def test_no_text_at_all_makes_a_bot_call_another_machine(text: str) -> None:
    for begins in ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", "https://qyapi.weixin.qq.com"):
        if fits("wecom", Place(begins + text)):
            assert urlsplit(begins + text).hostname == "qyapi.weixin.qq.com"
            assert urlsplit(begins + text).path == "/cgi-bin/webhook/send"


def test_a_letter_reaches_the_mail_server_whole(mailbox: Mailbox) -> None:
    deliver("mail", Place("mishu@example.cn"), subject="有3件要看看", text="· 支部党员大会\n.一个点开头的行\n")
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("mishu@example.cn", "有3件要看看")
    assert letter.get_content().splitlines()[:2] == ["· 支部党员大会", ".一个点开头的行"]


def test_a_letter_that_is_refused_is_not_delivered_and_its_address_stands_in_no_word(mailbox: Mailbox) -> None:
    mailbox.refuses = True
    with pytest.raises(NotDelivered) as why:
        deliver("mail", Place("mishu@example.cn"), subject="x", text="y")
    assert "mishu" not in str(why.value)


def test_without_a_mail_server_no_letter_counts_as_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with pytest.raises(NotDelivered, match="GANGMU_MAIL"):
        deliver("mail", Place("mishu@example.cn"), subject="x", text="y")


@pytest.mark.parametrize(
    "address", ["mishu", "a@b", "a b@example.cn", "a@example.cn\nBcc: b@example.cn", "书记@example.cn"]
)
def test_what_is_no_address_of_mail_gets_no_letter(address: str) -> None:
    assert not fits("mail", Place(address))


NUMBERS = st.integers(0, 99_999)


@unhurried
@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["zh-hans", "en"]))
def test_a_bot_says_counts_and_the_link_and_no_other_word(own: int, unit: int, beneath: int, language: str) -> None:
    text = bot_text(Counts(own, unit, beneath), "https://dangjian.example.cn/", language)
    words, link = text.rsplit("\n", 1)
    assert link == "https://dangjian.example.cn/"
    fixed = {"纲目：", "有", "件要看看", "本人", "件", "本单位", "下级", "，", "。",
             "Gangmu: ", " to look at", " of your own", " of your unit", " of units beneath", ", ", "."}  # fmt: skip
    left = words
    for piece in sorted(fixed, key=len, reverse=True):
        left = left.replace(piece, " ")
    assert all(part.isdecimal() for part in left.split())
    assert str(own + unit + beneath) in words
