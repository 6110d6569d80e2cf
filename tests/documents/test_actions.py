"""Remembering what a wording means, and keeping documents: who may, what is recorded, what is refused."""

from datetime import date

import pytest

from gangmu.documents import actions, queries
from gangmu.documents.binding import digest
from gangmu.documents.models import Draft
from gangmu.kernel import clock
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.ledger.vault import CannotOpen
from gangmu.reading.values import Source
from tests.orgs.cast import City

CALLED = "count/开展/大学习/次"
DAY = date(2025, 6, 1)
SPEECH = Source("讲话.txt", "召开大会65次。")


def bind(city: City, key: str = "activity.sessions[lecture]", idem: str = "b1") -> None:
    actions.bind_claim(CALLED, key, city["青禾市"], by=city.clerk, at=DAY, idem=idem)


def test_a_choice_is_a_fact_with_the_wording_sealed(city: City) -> None:
    bind(city)
    [fact] = ledger.facts(ledger.FactFilter(kinds=frozenset({"claim.bound"})))
    assert fact.body == {"phrase": digest(CALLED), "indicator": "activity.sessions", "selection": "lecture"}
    assert [opened.text for opened in ledger.open_slots([fact.id], ["wording"])] == [CALLED]


def test_the_latest_choice_counts_and_twice_is_once(city: City) -> None:
    bind(city)
    bind(city)
    assert queries.choices(city.clerk.scope) == {digest(CALLED): ("activity.sessions", ("lecture",))}
    bind(city, "matter.received", idem="b2")
    assert queries.choices(city.clerk.scope) == {digest(CALLED): ("matter.received", ())}
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"claim.bound"}))) == 2


def test_a_choice_holds_for_the_unit_and_all_under_it_and_not_beside(city: City) -> None:
    actions.bind_claim(CALLED, "matter.received", city["东镇"], by=city.clerk, at=DAY, idem="b1")
    inside = city.account("inside", "branch_secretary", "柳溪支部").scope
    beside = city.account("beside", "branch_secretary", "荷塘支部").scope
    assert digest(CALLED) in queries.choices(inside)
    assert queries.choices(beside) == {}


def test_only_who_may_bind_binds_and_strangers_find_no_unit(city: City) -> None:
    leader, stranger = city.account("lingdao", "leader", "东镇"), city.account("outside", "party_clerk", "西镇")
    with pytest.raises(Refused) as refusal:
        actions.bind_claim(CALLED, "matter.received", city["东镇"], by=leader, at=DAY, idem="b")
    assert refusal.value.problems[0].code == "orgs.not_allowed"
    with pytest.raises(NotFound):
        actions.bind_claim(CALLED, "matter.received", city["东镇"], by=stranger, at=DAY, idem="b")


@pytest.mark.parametrize(
    ("key", "code"), [("no.such", "indicators.unknown"), ("matter.received[lecture]", "indicators.tag")]
)
def test_what_is_no_question_is_refused(city: City, key: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        bind(city, key)
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_document_is_kept_encrypted_and_comes_back_as_it_was(city: City) -> None:
    kept = actions.keep(SPEECH, city["东镇"], Period.of_year(2025), counts={"contradiction": 1}, by=city.clerk)
    one, source = queries.kept(kept, city.clerk.account)
    assert source == SPEECH
    assert (one.org, one.period, one.counts) == (city["东镇"], Period.of_year(2025), {"contradiction": 1})
    assert "大会".encode() not in bytes(Draft.objects.get().text)
    assert ledger.count(ledger.FactFilter(kinds=frozenset({"claim.bound"}))) == 0


def test_documents_are_listed_latest_first_and_only_ones_own(city: City) -> None:
    other = city.account("lingdao", "leader", "东镇")
    kept = [actions.keep(SPEECH, None, None, counts={}, by=city.clerk) for _ in range(3)]
    actions.keep(SPEECH, None, None, counts={}, by=other)
    actions.aim(kept[0], city["东镇"], None, counts={}, by=city.clerk)
    assert {one.id for one in queries.latest(city.clerk.account)} == set(kept)
    assert queries.latest(city.clerk.account)[0].id == kept[0]
    assert len(queries.latest(city.clerk.account, limit=2)) == 2


def test_another_neither_reads_nor_aims_nor_deletes_a_document(city: City) -> None:
    kept, other = actions.keep(SPEECH, None, None, counts={}, by=city.clerk), city.account("lingdao", "leader", "东镇")
    with pytest.raises(NotFound):
        queries.kept(kept, other.account)
    with pytest.raises(NotFound):
        actions.aim(kept, None, None, counts={}, by=other)
    with pytest.raises(NotFound):
        actions.discard(kept, by=other)
    actions.discard(kept, by=city.clerk)
    assert not Draft.objects.exists()


def test_only_who_may_check_documents_keeps_one(city: City) -> None:
    auditor = city.account("shenji", "auditor", "东镇")
    with pytest.raises(Refused):
        actions.keep(SPEECH, city["东镇"], None, counts={}, by=auditor)
    with pytest.raises(NotFound):
        actions.keep(SPEECH, city["西镇"], None, counts={}, by=city.account("inside", "party_clerk", "东镇"))


def test_a_text_that_was_changed_does_not_open(city: City) -> None:
    kept = actions.keep(SPEECH, None, None, counts={}, by=city.clerk)
    row = Draft.objects.get()
    row.text = bytes(row.text)[:-1] + b"x"
    row.save()
    with pytest.raises(CannotOpen):
        queries.kept(kept, city.clerk.account)
    assert clock.now() >= row.checked


def test_a_kept_word_document_has_its_styled_headings_again(city: City) -> None:
    styled = Source("总结.docx", "全年工作\n主要成效\n召开大会65次。", "docx", ((0, 0), (5, 1)))
    document = actions.keep(styled, city["青禾市"], None, counts={}, by=city.clerk)
    _, source = queries.kept(document, city.clerk.account)
    assert source == styled
