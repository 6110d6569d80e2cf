"""The page that checks documents: by paste, by upload, held against the record, bound by choosing, its owner's alone."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gangmu.documents.models import Draft
from gangmu.ledger import queries as ledger
from tests.pages.conftest import Town

SPEECH = "关于走访工作的报告\n今年收集群众诉求3件，办结1件，办结率86.3%。计划投入X万元。\n"
MEETINGS = "今年召开支部党员大会6次。\n"
CARD = re.compile(r'<section class="gm-find1 gm-find-(\w+)" id="c-(\d+)"(.*?)</section>', re.DOTALL)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def hand_in(client: Client, form: dict[str, Any]) -> str:
    """The page of a document that was handed in."""
    return text(client.post("/documents", form, follow=True))


def address(client: Client, form: dict[str, Any]) -> str:
    """Where the page of a document that is handed in stands."""
    return str(client.post("/documents", form).headers["Location"])


def cards(shown: str) -> list[str]:
    """The verdict of each number, in the order of the text."""
    found = sorted((int(number), verdict) for verdict, number, _ in CARD.findall(shown))
    return [verdict for _, verdict in found]


def test_a_pasted_text_is_shown_as_it_reads_with_its_wrong_number_first(town: Town) -> None:
    shown = hand_in(town.client(town.leader), {"text": SPEECH})
    assert "有1处不符" in shown
    assert "关于走访工作的报告" in shown
    assert shown.index('id="g-contradiction"') < shown.index('id="g-placeholder"')
    assert 'class="cl cl-no' in shown


def test_every_number_bears_its_verdict_and_the_figure_behind_it(town: Town) -> None:
    shown = hand_in(town.client(town.leader), {"text": SPEECH})
    assert cards(shown) == ["confirmed", "confirmed", "contradiction", "placeholder"]
    assert f"/figures/{town.city['青禾市']}/matter.received%5Brequest%5D?" in shown


def test_the_chosen_unit_and_days_are_those_it_is_held_against(town: Town) -> None:
    form = {"text": MEETINGS, "org": "荷塘村第一党支部", "from": "2001-01-01", "to": "2001-12-31"}
    shown = hand_in(town.client(town.leader), form)
    assert "荷塘村第一党支部" in shown
    assert cards(shown) == ["no_record"]


def test_a_document_can_be_aimed_elsewhere(town: Town) -> None:
    client = town.client(town.leader)
    where = address(client, {"text": MEETINGS})
    assert cards(text(client.get(where))) == ["confirmed"]
    shown = text(client.post(where, {"org": "荷塘村第一党支部", "from": "", "to": ""}, follow=True))
    assert cards(shown) == ["contradiction"]
    answer = client.post(where, {"org": "没有这个村", "from": "", "to": ""})
    assert answer.status_code == 422
    assert "没有这个村" in text(answer)


def test_a_checked_document_is_listed_opened_again_and_deleted(town: Town) -> None:
    client = town.client(town.leader)
    where = address(client, {"text": SPEECH})
    assert where in text(client.get("/documents"))
    assert where in text(client.get("/"))
    assert "有1处不符" in text(client.get(where))
    client.post(f"{where}/discard")
    assert client.get(where).status_code == 404
    assert where not in text(client.get("/documents"))


def test_a_document_is_its_owners_alone(town: Town) -> None:
    where = address(town.client(town.leader), {"text": SPEECH})
    other = town.client(town.secretary)
    missing = other.get("/documents/" + "0" * 32)
    for path in (where, f"{where}/bind", f"{where}/discard"):
        assert other.get(path).status_code == 404
        assert other.post(path).status_code == 404
    assert missing.status_code == 404
    assert Draft.objects.count() == 1


def test_name_and_text_lie_encrypted(town: Town) -> None:
    file = SimpleUploadedFile("讲话.txt", SPEECH.encode())
    hand_in(town.client(town.leader), {"file": file})
    kept = Draft.objects.get()
    assert "讲话".encode() not in bytes(kept.name)
    assert "诉求".encode() not in bytes(kept.text)


def test_a_number_without_a_figure_is_bound_by_choosing_and_remembered(town: Town) -> None:
    client = town.client(town.secretary)
    speech = "今年召开支部党员大会3次，开展谈心3次。\n"
    where = address(client, {"text": speech})
    shown = text(client.get(where))
    assert cards(shown) == ["confirmed", "no_record"]
    idem = re.search(r'name="number" value="1">\s*<input type="hidden" name="idem" value="(\w+)"', shown)
    assert idem
    proposals = re.findall(r'name="proposal"\s+value="([^"]+)"', CARD.findall(shown)[-1][2]) or re.findall(
        r'id="b-1-\d" name="proposal"\s+value="([^"]+)"', shown
    )
    other = next(key for key in proposals if key != "activity.sessions[heart_talk]")
    answer = client.post(f"{where}/bind", {"number": "1", "idem": idem[1], "proposal": other})
    assert answer.headers["Location"] == f"{where}#c-1"
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"claim.bound"}))) == 1
    again = hand_in(client, {"text": speech})
    assert other.replace("[", "%5B").replace("]", "%5D") in again


def test_a_choice_that_was_not_offered_is_refused(town: Town) -> None:
    client = town.client(town.secretary)
    where = address(client, {"text": MEETINGS})
    for form in ({}, {"number": "0", "proposal": ""}, {"number": "99", "proposal": "activity.sessions"}):
        answer = client.post(f"{where}/bind", form)
        assert answer.status_code == 422
        assert "还没有选" in text(answer)


def test_whoever_may_not_bind_is_offered_nothing_to_choose(town: Town) -> None:
    shown = hand_in(town.client(town.leader), {"text": "开展谈心3次。\n"})
    assert 'name="proposal"' not in shown


def test_an_uploaded_file_is_read_by_its_kind(town: Town) -> None:
    file = SimpleUploadedFile("讲话.html", f"<p>{SPEECH}</p>".encode())
    shown = hand_in(town.client(town.leader), {"file": file})
    assert "讲话.html" in shown
    assert "&lt;p&gt;" not in shown


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.7"), ("a.docx", b"PK broken"), ("a.txt", b"\xff\xff\x00")]
)
def test_a_file_that_cannot_be_used_gets_a_sentence_and_what_was_typed_stays(
    town: Town, name: str, data: bytes
) -> None:
    form = {"file": SimpleUploadedFile(name, data), "org": "青禾市"}
    answer = town.client(town.leader).post("/documents", form)
    assert answer.status_code == 422
    assert name in text(answer)
    assert 'value="青禾市"' in text(answer)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": "  \n"}, "还没有稿子"),
        ({"text": MEETINGS, "org": "没有这个村"}, "没有“没有这个村”"),
        ({"text": MEETINGS, "from": "2025-02-30", "to": "2025-03-01"}, "看不懂"),
    ],
)
def test_what_cannot_be_checked_is_said_and_nothing_is_kept(town: Town, form: dict[str, str], said: str) -> None:
    answer = town.client(town.leader).post("/documents", form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Draft.objects.exists()


def test_whoever_may_not_check_documents_finds_no_such_page(town: Town) -> None:
    assert town.client(town.auditor).get("/documents").status_code == 404


def test_a_text_that_holds_markup_is_shown_and_not_run(town: Town) -> None:
    shown = hand_in(town.client(town.leader), {"text": "全年走访<b onclick=alert(1)>企业</b>412家。"})
    assert "<b onclick" not in shown
    assert "412" in shown


def test_the_english_page_explains_in_english(town: Town) -> None:
    shown = hand_in(town.client(town.leader, english=True), {"text": SPEECH})
    assert "1 contradiction: " in shown
    assert "which does not agree" in shown


def test_the_page_asks_the_database_no_more_for_more_numbers(town: Town) -> None:
    client = town.client(town.secretary)
    few, many = (address(client, {"text": MEETINGS * times}) for times in (1, 12))
    counts = []
    for where in (few, many):
        client.get(where)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(where)
        counts.append(len(asked))
    assert counts[0] == counts[1]
