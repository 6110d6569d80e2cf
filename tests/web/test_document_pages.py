"""A checked document promises: what is wrong first, each number to its card and figure, and its meaning may be told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gangmu.documents import queries
from gangmu.documents.models import Draft
from gangmu.ledger import queries as ledger
from gangmu.ledger import subject_keys
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

SPEECH = "荷塘村工作报告\n今年召开支部党员大会5次。受理诉求3件，办结1件，办结率86.3%。修剪行道树14棵，投入X万元。\n"
CARD = "//section[starts-with(@id,'c-')]"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


@pytest.fixture
def checked(client: Client) -> Page:
    return sent(client, "/documents", {"text": SPEECH})


def number_of(shown: Page, words: str) -> str:
    """The place of a number in the text."""
    [mark] = [one for one in shown.all("//article//a[starts-with(@id,'n-')]") if words in one.text_content()]
    return str(mark.get("id").removeprefix("n-"))


def key_on_disk(document: str) -> bool:
    return document in subject_keys.existing_keys([document])


def test_the_headline_says_what_to_do_and_contradictions_come_first(checked: Page) -> None:
    assert "不符，改完再印" in checked.text("//h1")
    groups = [one.get("id") for one in checked.all("//aside/section")]
    assert groups[0] == "g-contradiction"


def test_the_document_reads_word_for_word(checked: Page) -> None:
    lines = [one.xpath("string(.)") for one in checked.all("//article/*")]
    assert "".join(lines[0].split()) == "荷塘村工作报告"
    assert "修剪行道树14棵" in "".join("".join(lines).split())


def test_every_number_has_a_card_and_every_card_leads_back(checked: Page) -> None:
    marks = {one.get("href") for one in checked.all("//article//a[starts-with(@id,'n-')]")}
    cards = {f"#{one.get('id')}" for one in checked.all(CARD)}
    assert marks == cards != set()
    back = {one for one in checked.links("//aside") if one.startswith("#n-")}
    assert len(back) == len(cards)


def test_the_tally_counts_the_cards(checked: Page) -> None:
    told = checked.texts("//nav[contains(@class,'gm-tally')]/a/b")
    assert sum(map(int, told)) == len(checked.all(CARD))


def test_beside_a_wrong_number_stands_what_is_on_record(checked: Page) -> None:
    notes = checked.texts("//article//*[contains(@class,'gm-zhupi')]")
    assert notes[0] == "台账：3场"
    assert "÷" in notes[1]
    assert all(one.get("aria-hidden") == "true" for one in checked.all("//article//*[contains(@class,'gm-zhupi')]"))


def test_pasted_text_is_called_by_its_first_line(client: Client, checked: Page) -> None:
    assert checked.text("//title").startswith("荷塘村工作报告")
    assert "荷塘村工作报告" in opened(client, "/documents").texts("//tbody//th")


def test_what_an_unbound_number_means_is_asked_openly_and_of_the_others_when_wanted(checked: Page) -> None:
    trees, meetings = number_of(checked, "14"), number_of(checked, "5次")
    assert checked.all(f"//details[@id='m-{trees}' and @open]")
    assert checked.all(f"//details[@id='m-{meetings}' and not(@open)]")
    placeholder = number_of(checked, "X万元")
    assert not checked.all(f"//details[@id='m-{placeholder}']")


def test_any_figure_is_found_by_words_without_a_script(client: Client, checked: Page) -> None:
    number = number_of(checked, "14")
    [form] = checked.all(f"//details[@id='m-{number}']//form[@role='search']")
    assert form.get("action") == f"{checked.address}#c-{number}"
    shown = opened(client, f"{checked.address}?number={number}&words=活动+入户")
    offered = shown.all(f"//details[@id='m-{number}' and @open]//input[@name='proposal']")
    assert "activity.sessions[household_visit]" in {one.get("value") for one in offered}
    assert shown.all(f"//input[@id='w-{number}']")[0].get("value") == "活动 入户"


def test_the_figure_that_was_found_is_remembered_as_any_other(client: Client, checked: Page) -> None:
    number, key = number_of(checked, "14"), "activity.sessions[members_meeting]"
    shown = opened(client, f"{checked.address}?number={number}&words=支部党员大会")
    [idem] = shown.all(f"//details[@id='m-{number}']//input[@name='idem']")
    told = {"number": number, "idem": idem.get("value"), "proposal": key}
    after = sent(client, f"{checked.address}/bind", told)
    assert after.all(f"//section[@id='c-{number}' and contains(@class,'gm-find-contradiction')]")
    [fact] = ledger.facts(ledger.FactFilter(kinds=frozenset({"claim.bound"})))
    assert (fact.body["indicator"], fact.body["selection"]) == ("activity.sessions", "members_meeting")
    again = sent(client, "/documents", {"text": SPEECH})
    assert "3场" in again.text(f"//section[@id='c-{number_of(again, '14')}']")


@pytest.mark.parametrize("words", ["没有这样的", "活动 没有这样的"])
def test_words_that_find_nothing_are_told_so_and_stay(client: Client, checked: Page, words: str) -> None:
    number = number_of(checked, "14")
    shown = opened(client, f"{checked.address}?number={number}&words={words}")
    assert "没有这样的指标" in shown.text(f"//details[@id='m-{number}']")
    assert shown.all(f"//input[@id='w-{number}']")[0].get("value") == words


@pytest.mark.parametrize("number", ["", "99", "-1", "x", "1" * 30])
def test_a_search_for_no_number_of_the_text_shows_the_document_as_it_is(
    client: Client, checked: Page, number: str
) -> None:
    assert opened(client, f"{checked.address}?number={number}&words=活动").status == 200


@pytest.mark.parametrize("key", ["no.such", "activity.sessions[no_such_tag]", "']--"])
def test_a_figure_that_nobody_defined_is_never_remembered(client: Client, checked: Page, key: str) -> None:
    told = {"number": number_of(checked, "14"), "idem": "a" * 32, "proposal": key}
    assert client.post(f"{checked.address}/bind", told).status_code in (404, 422)
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"claim.bound"}))) == 0


def test_whoever_only_reads_is_asked_nothing(town: Town) -> None:
    shown = sent(town.client(town.leader), "/documents", {"text": SPEECH})
    assert shown.all("//details[starts-with(@id,'m-')]") == []


def test_a_discarded_document_takes_its_key_with_it(
    client: Client, checked: Page, django_capture_on_commit_callbacks: Any
) -> None:
    document = checked.address.rpartition("/")[2]
    assert key_on_disk(document)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{checked.address}/discard")
    assert not key_on_disk(document)
    assert not Draft.objects.exists()


def test_no_trace_of_a_shredded_key_is_left_in_the_files(
    client: Client, checked: Page, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    document = checked.address.rpartition("/")[2].encode()
    files = sorted(Path(settings.KEYS).glob("subjects.sqlite3*"))
    assert any(document in file.read_bytes() for file in files)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{checked.address}/discard")
    assert not any(document in file.read_bytes() for file in files if file.exists())


def test_a_refused_discard_keeps_the_key(town: Town, checked: Page, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as ran:
        assert town.client(town.leader).post(f"{checked.address}/discard").status_code == 404
    assert ran == []
    assert key_on_disk(checked.address.rpartition("/")[2])
    assert queries.kept(checked.address.rpartition("/")[2], town.secretary.account)
