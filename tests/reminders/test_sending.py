"""A round of reminders: over real sockets, each digest once, whatever breaks in between."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId
from gangmu.kernel.problems import Refused
from gangmu.ledger import subject_keys
from gangmu.orgs.scope import actor
from gangmu.reminders import choices, commands, sending
from gangmu.reminders.carriers import Place
from gangmu.reminders.models import Choice, Round, Told
from gangmu.reminders.sending import Sent, is_due, last_told, remind
from tests.orgs.cast import City
from tests.reminders.servers import Group, Mailbox
from tests.reminders.test_digests import BRANCH, account, day_of

SATURDAY = date(2025, 3, 29)


def choose(who: AccountId, carrier: str, address: str, **more: Any) -> None:
    choices.choose(carrier, Place(address, more.pop("secret", "")), by=actor(who, clock.today()), **more)


@pytest.fixture
def mine(city: City) -> AccountId:
    return account(city, "mishu", "branch_secretary", BRANCH)


def states(found: list[Sent]) -> list[str]:
    return [one.state for one in found]


def test_a_letter_comes_once_however_often_the_day_is_run(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    day = day_of("bearer")
    assert [states(list(remind(day))) for _run in range(3)] == [["sent"], ["already"], ["already"]]
    (letter,) = mailbox.letters
    assert letter["To"] == "mishu@example.cn"
    assert "支部党员大会" in letter.get_content()
    assert "https://dangjian.example.cn/" in letter.get_content()
    assert last_told(mine) == day


@pytest.mark.parametrize("carrier", ["wecom", "dingtalk", "feishu"])
def test_a_bot_is_told_counts_and_a_link_in_bytes_without_any_name(
    city: City, mine: AccountId, group: Group, settings: Settings, carrier: str
) -> None:
    choose(mine, carrier, settings.REMINDER_BOTS[carrier] + "abc123", secret="SECx")
    group.answer = {"code": 0} if carrier == "feishu" else {"errcode": 0}
    assert states(list(remind(day_of("bearer")))) == ["sent"]
    (raw,) = group.raw
    told = raw.decode()
    assert "https://dangjian.example.cn/" in told
    assert "件要看看" in told
    names = ("柳溪", "支部", "党员大会", "mishu", city[BRANCH], mine)
    assert [name for name in names if name in told] == []


def test_what_failed_is_tried_again_and_what_a_crash_left_open_is_not(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    day = day_of("bearer")
    mailbox.refuses = True
    assert states(list(remind(day))) == ["failed"]
    mailbox.refuses = False
    assert states(list(remind(day))) == ["sent"]
    Told.objects.update(state="sending")  # as a process killed while it spoke to the server leaves it
    assert states(list(remind(day))) == ["already"]
    assert len(mailbox.letters) == 1


def test_one_who_cannot_be_reached_keeps_nobody_else_waiting(city: City, mine: AccountId, mailbox: Mailbox) -> None:
    other = account(city, "fushuji", "branch_secretary", BRANCH)
    choose(mine, "mail", "mishu@example.cn")
    choose(other, "mail", "fu@example.cn")
    subject_keys.forget(Choice.objects.get(account=mine).key)
    found = {one.account: one.state for one in remind(day_of("bearer"))}
    assert found == {mine: "failed", other: "sent"}
    assert Round.objects.filter(day=day_of("bearer")).exists()


def test_quiet_is_kept_to_its_last_day(mine: AccountId, mailbox: Mailbox) -> None:
    day = day_of("bearer")
    choose(mine, "mail", "mishu@example.cn", quiet_until=day)
    assert list(remind(day)) == []
    choose(mine, "mail", "", quiet_until=day - timedelta(days=1))  # the address there is stays
    assert states(list(remind(day))) == ["sent"]


def test_who_chose_nothing_and_who_chose_none_is_told_nothing(mine: AccountId, mailbox: Mailbox) -> None:
    assert list(remind(day_of("bearer"))) == []
    choose(mine, "mail", "mishu@example.cn")
    choices.forget(mine)
    assert list(remind(day_of("bearer"))) == []
    assert mailbox.letters == []


def test_a_day_of_rest_sends_nothing_and_is_no_round(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    assert list(remind(SATURDAY)) == []
    assert not Round.objects.exists()


def test_a_dry_run_says_what_would_be_sent_and_leaves_no_trace(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    assert states(list(remind(day_of("bearer"), dry_run=True))) == ["would"]
    assert (mailbox.letters, Told.objects.count(), Round.objects.count()) == ([], 0, 0)
    assert states(list(remind(day_of("bearer")))) == ["sent"]


def test_days_that_were_missed_come_in_one_digest(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    Round.objects.create(day=day_of("bearer") - timedelta(days=3))
    late = day_of("bearer") + timedelta(days=1)
    assert states(list(remind(late))) == ["sent"]
    assert len(mailbox.letters) == 1


def test_an_address_lies_sealed_and_goes_with_its_key(mine: AccountId, mailbox: Mailbox, settings: Settings) -> None:
    choose(mine, "mail", "mishu@example.cn")
    row = Choice.objects.get(account=mine)
    assert b"mishu" not in bytes(row.place)
    choose(mine, "mail", "other@example.cn")
    again = Choice.objects.get(account=mine)
    assert again.key != row.key
    found = choices.chosen_by(mine)
    assert found is not None
    assert found.place == Place("other@example.cn")


@pytest.mark.parametrize(
    ("carrier", "address", "code"),
    [
        ("pigeon", "x", "reminders.carrier"),
        ("mail", "nobody", "reminders.mail"),
        ("mail", "", "reminders.mail"),
        ("wecom", "https://evil.example/send?key=1", "reminders.bot"),
        ("dingtalk", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", "reminders.bot"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/" + "a" * 600, "reminders.bot"),
    ],
)
def test_a_place_that_is_none_is_refused_with_what_to_do(
    mine: AccountId, carrier: str, address: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        choose(mine, carrier, address)
    assert [one.code for one in refused.value.problems] == [code]
    assert not Choice.objects.exists()


# --- the command and the worker


def test_the_command_prints_counts_and_no_name(
    city: City, mine: AccountId, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]
) -> None:
    choose(mine, "mail", "mishu@example.cn")
    assert commands.remind(["--day", day_of("bearer").isoformat()]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["account"], told["carrier"], told["state"]) == (mine, "mail", "sent")
    assert told["unit"] >= 1
    assert "example.cn" not in line


def test_a_failure_is_an_exit_status(mine: AccountId, mailbox: Mailbox) -> None:
    choose(mine, "mail", "mishu@example.cn")
    mailbox.refuses = True
    assert commands.remind(["--day", day_of("bearer").isoformat()]) == 1


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("reminders", "site", "argv", "code"),
    [
        (False, "https://x.example", [], "reminders.off"),
        (True, "", [], "reminders.site"),
        (True, "https://x.example", ["--day", "2999-01-01"], "reminders.day"),
        (False, "", ["--dry-run", "--day", "gestern"], "reminders.day"),
    ],
)
def test_the_command_says_why_it_sends_nothing(
    settings: Settings, reminders: bool, site: str, argv: list[str], code: str
) -> None:
    settings.REMINDERS, settings.SITE = reminders, site
    with pytest.raises(Refused) as refused:
        commands.remind(argv)
    assert [one.code for one in refused.value.problems] == [code]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("on", "site", "day", "hour", "due"),
    [
        (True, "https://x.example", "2025-03-26", 9, True),
        (True, "https://x.example", "2025-03-26", 8, False),
        (True, "https://x.example", "2025-03-29", 10, False),  # a Saturday
        (True, "https://x.example", "2025-04-27", 10, True),  # a Sunday worked in exchange
        (False, "https://x.example", "2025-03-26", 10, False),
        (True, "", "2025-03-26", 10, False),
    ],
)
def test_the_worker_begins_once_a_working_day_from_the_hour_set_on(
    settings: Settings, on: bool, site: str, day: str, hour: int, due: bool
) -> None:
    settings.REMINDERS, settings.SITE = on, site
    moment: datetime = clock.local_moment(date.fromisoformat(day), hour)
    assert is_due(moment) is due
    Round.objects.create(day=date.fromisoformat(day))
    assert not is_due(moment)


@pytest.mark.usefixtures("db")
def test_off_by_default_the_worker_starts_nothing(settings: Settings) -> None:
    assert settings.REMINDERS is False
    assert sending.start_beside(None) is None
