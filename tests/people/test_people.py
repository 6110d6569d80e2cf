"""Passwords, sign-in standing, sessions, sealed values: what the people floor promises by itself."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from gangmu import settings as shipped
from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, PersonId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.people import queries, sessions
from gangmu.people.actions import WEAK, set_password
from gangmu.people.batches import AT_ONCE, batches
from gangmu.people.intake import thing_id
from gangmu.people.models import Account
from gangmu.people.passwords import Argon2id
from gangmu.people.session_store import SessionStore
from tests.orgs.cast import City
from tests.orgs.conftest import city

__all__ = ["city"]


def test_passwords_are_kept_with_argon2id_of_46_mebibytes() -> None:
    (hasher,) = shipped.PASSWORD_HASHERS
    assert hasher == f"{Argon2id.__module__}.{Argon2id.__qualname__}"
    kept = Argon2id().encode("a long enough secret", "saltsaltsalt")
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


@pytest.mark.parametrize("password", ["short", "password1234", "eleven char", "123456789"])
def test_a_password_is_long_and_not_a_common_one(city: City, password: str) -> None:
    with pytest.raises(Refused) as refusal:
        set_password(city.clerk_id, password)
    assert {problem.where for problem in refusal.value.problems} == {"password"}
    assert all(ord(problem.message[0]) > 0x2FFF and problem.message_en.isascii() for problem in refusal.value.problems)
    assert not Account.objects.get(id=city.clerk_id).has_usable_password()


def test_an_account_that_is_not_there_gets_no_password(db: None) -> None:
    with pytest.raises(LookupError):
        set_password(AccountId("f" * 32), "a long enough secret")
    with pytest.raises(NotFound):
        queries.account_named("ghost")
    with pytest.raises(NotFound):
        queries.home_of(AccountId("f" * 32))


def test_the_database_keeps_no_password_in_clear(city: City) -> None:
    set_password(city.clerk_id, "a long enough secret")
    assert "secret" not in str(Account.objects.filter(id=city.clerk_id).values_list())


def test_standing_follows_the_facts(city: City) -> None:
    today = clock.today()
    assert queries.is_open(city.clerk_id, today)
    assert not queries.is_open(city.clerk_id, today - timedelta(days=1))
    assert (queries.is_keeper(city.keeper_id, today), queries.is_keeper(city.clerk_id, today)) == (True, False)
    assert queries.account_names([city.clerk_id, AccountId("f" * 32)]) == {city.clerk_id: "clerk"}
    assert queries.person_of(city.clerk_id) is None


def test_sealed_values_are_opened_for_those_on_record_only(city: City) -> None:
    person, ghost = city.person("林晓禾"), PersonId("f" * 32)
    assert queries.known_persons([person, ghost]) == {person}
    assert queries.open_persons([person, ghost], ("name",)) == {person: {"name": "林晓禾"}}


def test_the_same_request_names_the_same_thing_and_another_account_another(city: City) -> None:
    assert thing_id(city.clerk, "a") == thing_id(city.clerk, "a")
    assert len({thing_id(city.clerk, "a"), thing_id(city.clerk, "b"), thing_id(city.keeper, "a")}) == 3


def test_a_session_is_over_after_thirty_idle_minutes_and_after_twelve_hours() -> None:
    session: dict[str, object] = {}
    now = clock.now()
    sessions.begin(session, now)
    assert not sessions.is_over(session, now + timedelta(minutes=29))
    assert sessions.is_over(session, now + timedelta(minutes=30))
    session[sessions.SEEN] = clock.stamp(now + timedelta(hours=11, minutes=50))
    assert not sessions.is_over(session, now + timedelta(hours=11, minutes=59))
    assert sessions.is_over(session, now + timedelta(hours=12))


def test_a_request_is_noted_at_most_once_a_minute() -> None:
    session: dict[str, object] = {}
    now = clock.now()
    sessions.begin(session, now)
    sessions.note(session, now + timedelta(seconds=59))
    assert session[sessions.SEEN] == clock.stamp(now)
    sessions.note(session, now + timedelta(seconds=60))
    assert session[sessions.SEEN] == clock.stamp(now + timedelta(seconds=60))


def test_long_lists_come_in_pieces_with_nothing_lost() -> None:
    ids = [str(number) for number in range(2 * AT_ONCE + 1)]
    pieces = list(batches(ids))
    assert [len(piece) for piece in pieces] == [AT_ONCE, AT_ONCE, 1]
    assert [one for piece in pieces for one in piece] == ids


def test_every_rule_of_passwords_has_its_sentence(settings: LazySettings) -> None:
    """A rule added to the settings without a sentence of ours would fail when it refuses."""
    rules = {rule["NAME"].rpartition(".")[2] for rule in settings.AUTH_PASSWORD_VALIDATORS}
    assert rules == {"MinimumLengthValidator", "CommonPasswordValidator"}
    assert settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] == {"min_length": 12}
    assert set(WEAK) == {"password_too_short", "password_too_common"}


def test_a_session_reads_back_what_was_put_in_until_it_expires(db: None) -> None:
    kept = SessionStore()
    kept["words"] = "荷塘"
    kept.save()
    assert SessionStore(kept.session_key).load() == {"words": "荷塘"}
    kept.set_expiry(-1)
    kept.save()
    over = SessionStore(kept.session_key)
    assert (over.load(), over.session_key) == ({}, None)


def test_an_account_is_read_as_it_stands_and_only_while_it_is_open(city: City) -> None:
    set_password(city.clerk_id, "a long enough secret")
    found, kept = queries.open_account(city.clerk_id, clock.today()), Account.objects.get(id=city.clerk_id)
    assert found is not None
    assert found == kept
    assert (found.name, found.password, found.last_login) == (kept.name, kept.password, kept.last_login)
    assert queries.open_account(city.clerk_id, clock.today() - timedelta(days=1)) is None
    assert queries.open_account(AccountId("f" * 32), clock.today()) is None
