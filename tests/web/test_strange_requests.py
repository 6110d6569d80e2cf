"""What a stranger's hand, an old bookmark or a broken program asks of a page gets an answer; never an error of ours."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gangmu.documents.models import Draft
from gangmu.ledger import queries as ledger
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent
from tests.web.test_all_pages import addresses

ODD = ["", "9" * 30, "\x00<b>'", "2025-02-30"]
NAMES = [
    "q",
    "page",
    "from",
    "to",
    "period",
    "org",
    "kind",
    "key",
    "sort",
    "desc",
    "size",
    "show",
    "search",
    "who",
    "late",
]
WORDS = "全年召开会议5场。"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


@pytest.mark.parametrize("odd", ODD)
def test_no_question_in_an_address_breaks_a_page(town: Town, client: Client, odd: str) -> None:
    for address in addresses(town):
        answer = client.get(address.partition("?")[0], dict.fromkeys(NAMES, odd), follow=True)
        assert answer.status_code in (200, 400, 404, 422), (address, odd)


def test_a_name_that_is_none_in_an_address_is_a_page_that_does_not_exist(town: Town, client: Client) -> None:
    org = town.city["荷塘支部"]
    for address in ("/units/{}", "/units/{}/figures", "/units/{}/figures.csv", "/facts/{}", "/facts/{}/proof", "/record/{}",
                    "/documents/{}", "/documents/{}/report", f"/figures/{org}/{{}}", "/figures/{}/activity.sessions",
                    f"/figures/{org}/{{}}/csv"):  # fmt: skip
        for odd in ("%00", "'", "a" * 300, "荷塘支部", "%2e%2e"):
            assert client.get(address.format(odd)).status_code == 404, (address, odd)


def handed_in(client: Client, **form: Any) -> Page:
    page = sent(client, "/documents", form)
    assert page.status == 422
    assert not Draft.objects.exists()
    return page


UNUSABLE = (
    ("大.txt", b"a" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
    ("图.png", b"\x89PNG\r\n", "是图片"),
    ("歌.mp3", b"ID3", "这种文件读不了"),
    ("旧.doc", b"\xd0\xcf\x11\xe0", "旧版 Word"),
    ("坏.docx", b"PK\x03\x04 broken", "打不开"),
    ("坏.zip", b"PK\x03\x04 broken", "坏"),
    ("坏.xlsx", b"", "打不开"),
    ("二进制.txt", bytes(range(256)) * 4, "编码认不出来"),
)


def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_that_names_it(client: Client) -> None:
    for name, data, said in UNUSABLE:
        page = handed_in(client, file=SimpleUploadedFile(name, data))
        assert f"《{name}》" in page.text(), name
        assert said in page.text(), name


SENSELESS = (
    ({"from": "2025-12-31", "to": "2025-01-01"}, "早于"),
    ({"from": "2025-01-01"}, "两天都要写"),
    ({"to": "2025-01-01"}, "两天都要写"),
    ({"from": "昨天", "to": "今天"}, "看不懂"),
    ({"from": "0001-01-01", "to": "2025-01-01"}, "看不懂"),
    ({"org": "QH-NOWHERE"}, "没有“QH-NOWHERE”"),
    ({"org": "' or 1=1 --"}, "没有"),
)


def test_days_and_units_that_make_no_sense_are_refused_and_the_text_stays(client: Client) -> None:
    for typed, said in SENSELESS:
        page = handed_in(client, text=WORDS, **typed)
        assert said in page.text(), typed
        assert page.typed("text").strip() == WORDS
        assert {name: page.typed(name) for name in typed} == typed


def test_a_meeting_that_ends_before_it_begins_is_refused_in_place(town: Town, client: Client) -> None:
    before = ledger.size()
    page = sent(client, "/record/activity.held", {
        "org": "荷塘支部", "on": date(town.today.year, 3, 9).isoformat(), "to": date(town.today.year, 3, 8).isoformat(),
        "tags.activity_form": "members_meeting", "present": "3", "idem": "odd-1",
    })  # fmt: skip
    assert page.status == 422
    assert ledger.size() == before


def test_whatever_is_typed_into_every_field_is_taken_or_refused(client: Client) -> None:
    for kind in ("activity.held", "money.booked", "honour.granted"):
        fields = opened(client, f"/record/{kind}").all("//main//form//*[@name]")
        names = {field.get("name") for field in fields} - {"csrfmiddlewaretoken"}
        assert "org" in names
        for odd in ("", "9" * 40, "\x00", "甲" * 5000, "-1.5", "１２"):
            answer = client.post(f"/record/{kind}", dict.fromkeys(names, odd))
            assert answer.status_code in (302, 404, 422), (kind, odd)


def test_another_verb_than_those_of_a_browser_changes_nothing(town: Town, client: Client) -> None:
    before = ledger.size()
    for address in addresses(town):
        for verb in (client.put, client.delete):
            assert verb(address.partition("?")[0]).status_code in (200, 302, 404, 405), address
    assert ledger.size() == before


def test_a_name_that_cannot_be_one_does_not_sign_in(town: Town) -> None:
    for name in ("\x00", "mishu\x00", "甲" * 5000, "' or 1=1 --"):
        answer = Client().post("/sign-in", {"name": name, "password": "x" * 12, "next": name})
        assert answer.status_code in (200, 422), name
        assert "_auth_user_id" not in answer.client.session
