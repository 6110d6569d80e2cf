"""Discarding a document: its row goes, then its key; a crash between the two leaves nothing behind for good."""

from collections.abc import Callable

import pytest
from django.db import transaction

from gangmu.documents import actions, models, queries
from gangmu.kernel.problems import NotFound
from gangmu.ledger import handed_in, subject_keys
from gangmu.reading.values import Source
from tests.orgs.cast import City

SPEECH = Source("讲话.txt", "召开大会65次。")
Committing = Callable[..., object]


def kept(city: City) -> str:
    return actions.keep(SPEECH, None, None, counts={}, by=city.clerk)


def has_key(document: str) -> bool:
    return document in subject_keys.existing_keys([document])


def discarded_until_the_crash(document: str, city: City) -> None:
    """The row is gone and committed; the process ended before it came to the key (nothing runs on commit here)."""
    actions.discard(document, by=city.clerk)
    assert not models.Draft.objects.filter(id=document).exists()
    assert has_key(document)


def test_row_and_key_go_and_nothing_is_owed(city: City, django_capture_on_commit_callbacks: Committing) -> None:
    document = kept(city)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.discard(document, by=city.clerk)
    assert not has_key(document)
    assert subject_keys.owed() == ()


@pytest.mark.parametrize("what_comes_next", ["another is kept", "another is discarded"])
def test_a_key_that_a_crash_left_goes_with_the_next_document(city: City, what_comes_next: str) -> None:
    document, other = kept(city), kept(city)
    discarded_until_the_crash(document, city)
    assert subject_keys.owed() == (document,)
    if what_comes_next == "another is kept":
        kept(city)
    else:
        actions.discard(other, by=city.clerk)
    assert not has_key(document)
    assert document not in subject_keys.owed()


def test_a_discard_that_is_taken_back_leaves_the_document_and_its_key(city: City) -> None:
    document = kept(city)
    with transaction.atomic():
        actions.discard(document, by=city.clerk)
        transaction.set_rollback(True)
    kept(city)  # what is owed is settled here, and this document is there still
    assert queries.kept(document, city.clerk.account)[1] == SPEECH


def test_nobody_owes_the_key_of_a_document_that_is_not_theirs(city: City) -> None:
    document = kept(city)
    with pytest.raises(NotFound):
        actions.discard(document, by=city.account("lingdao", "leader", "东镇"))
    assert subject_keys.owed() == ()
    assert has_key(document)


def test_owing_twice_is_owing_once(city: City) -> None:
    for _ in range(2):
        handed_in.owe_shredding("a" * 32)
    assert handed_in.to_be_shredded() == ("a" * 32,)
    handed_in.shred("a" * 32)
    assert handed_in.to_be_shredded() == ()
