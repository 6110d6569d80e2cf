"""gangmu begin | account | grant | revoke | who-could-see."""

import io

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest

from gangmu.kernel import clock
from gangmu.kernel.problems import NotFound, Refused
from gangmu.orgs import commands, queries
from gangmu.orgs.scope import scope_of
from gangmu.people.queries import account_named, is_keeper, is_open
from tests.orgs.cast import City

PASSWORD = "a long enough secret"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for a password finds this one on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def signs_in(name: str) -> bool:
    return authenticate(HttpRequest(), username=name, password=PASSWORD) is not None


@pytest.mark.django_db
def test_an_empty_installation_begins_with_a_root_and_a_keeper(typed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.begin(["青禾市委", "--keeper", "guardian", "--code", "QH", "--since", "1950-01-01"]) == 0
    (root,) = queries.tree(clock.today()).roots()
    assert capsys.readouterr().out.strip() == root.org
    assert (root.name, root.code) == ("青禾市委", "QH")
    assert is_keeper(account_named("guardian"), clock.today())
    assert signs_in("guardian")


def test_an_account_is_opened_used_and_closed(city: City, typed: None) -> None:
    assert commands.account(["open", "sec", "--by", "keeper"]) == 0
    assert signs_in("sec")
    assert commands.account(["close", "sec", "--by", "keeper"]) == 0
    assert not signs_in("sec")
    assert not is_open(account_named("sec"), clock.today())


def test_somebody_answers_for_an_account(city: City, typed: None) -> None:
    with pytest.raises(SystemExit):
        commands.account(["open", "sec"])
    with pytest.raises(NotFound):
        commands.account(["open", "sec", "--by", "ghost"])


def test_a_weak_password_opens_no_account(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"short\n{PASSWORD}\n"))
    with pytest.raises(Refused):
        commands.account(["open", "sec", "--by", "keeper"])
    with pytest.raises(NotFound):
        account_named("sec")
    assert commands.account(["open", "sec", "--by", "keeper"]) == 0
    assert signs_in("sec")


@pytest.mark.django_db
def test_a_weak_password_begins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"short\n{PASSWORD}\n"))
    with pytest.raises(Refused):
        commands.begin(["青禾市委", "--keeper", "guardian"])
    assert not queries.tree(clock.today()).roots()
    assert commands.begin(["青禾市委", "--keeper", "guardian"]) == 0


def test_a_weak_password_opens_nothing_that_can_be_used(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(Refused) as refusal:
        commands.account(["password", "clerk"])
    assert {problem.code for problem in refusal.value.problems} == {"people.weak_password"}


def test_a_grant_is_given_seen_and_taken_back(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    account = city.account("sec").account
    assert commands.grant(["sec", "leader", "QH", "--by", "keeper", "--to", "2100-01-01"]) == 0
    assert scope_of(account, clock.today()).roles == {"leader"}
    capsys.readouterr()
    assert commands.who_could_see([city["柳溪支部"]]) == 0
    assert {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()} == {"sec", "clerk"}
    assert commands.revoke(["sec", "leader", "QH", "--by", "keeper"]) == 0
    assert scope_of(account, clock.today()).roles == frozenset()
    assert commands.revoke(["sec", "leader", "QH", "--by", "keeper"]) == 2


def test_a_keeper_cannot_grant_to_itself_by_command_either(city: City) -> None:
    with pytest.raises(Refused):
        commands.grant(["keeper", "leader", "QH", "--by", "keeper"])


def test_an_unknown_unit_or_role_is_refused(city: City) -> None:
    with pytest.raises(NotFound):
        commands.grant(["clerk", "leader", "NOWHERE", "--by", "keeper"])
    with pytest.raises(Refused, match=r"没有“king”这个角色；可以写：.*leader"):
        commands.grant(["clerk", "king", "QH", "--by", "keeper"])
