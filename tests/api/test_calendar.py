"""Calendar feeds: read by icalendar and recurring-ical-events, taken over by vdirsyncer; secret, withdrawn, nameless."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.test import Client
from vdirsyncer.storage.singlefile import SingleFileStorage

from gangmu.api.calendar import calendar_of
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId
from gangmu.kernel.problems import NotFound
from gangmu.kernel.scope import Actor
from gangmu.orgs import actions
from gangmu.orgs.scope import actor
from gangmu.records.actions import record_fact
from gangmu.reminders import feeds
from gangmu.reminders.models import CalendarFeed
from tests.orgs import cast
from tests.orgs.cast import SOME_DAY, City

pytestmark = pytest.mark.django_db
BRANCH = "柳溪支部"


@pytest.fixture
def city() -> City:
    return cast.build()


def issue(by: Actor, org: OrgId | None = None, idem: str = "c") -> str:
    return feeds.issue(by, org, at=clock.today(), idem=idem)


def asked(client: Client, secret: str) -> icalendar.Calendar:
    found = client.get(f"/api/v1/calendar/{secret}.ics")
    assert (found.status_code, found["Content-Type"]) == (200, "text/calendar")
    return icalendar.Calendar.from_ical(found.content)


def secretary(city: City) -> Actor:
    return city.account("own", "branch_secretary", BRANCH)


def test_a_units_deadlines_are_all_day_events_on_the_days_they_are_due(client: Client, city: City) -> None:
    read = asked(client, issue(secretary(city), city[BRANCH]))
    today = clock.today()
    found = recurring_ical_events.of(read).between(today, today + timedelta(days=366))
    meetings = [event for event in found if str(event["SUMMARY"]) == "支部党员大会（柳溪支部）"]
    assert len(meetings) in (4, 5)  # five on the last day of a quarter
    assert all(type(event.start) is date and event.end - event.start == timedelta(days=1) for event in meetings)
    assert {event.start.month for event in meetings} == {3, 6, 9, 12}
    assert len({str(event["UID"]) for event in found}) == len(found)


def test_what_is_done_is_gone_and_the_others_keep_their_identity(client: Client, city: City) -> None:
    by, today = secretary(city), clock.today()
    secret = issue(by, city[BRANCH])
    before = {str(event["UID"]) for event in asked(client, secret).walk("VEVENT")}
    body: dict[str, Any] = {"tags": ["theme_day"], "present": 9, "expected": 12}
    record_fact("activity.held", city[BRANCH], body=body, on=today, by=by, idem="held")
    after = {str(event["UID"]) for event in asked(client, secret).walk("VEVENT")}
    assert after < before


def test_a_persons_calendar_holds_her_own_duties_and_names_nobody(city: City) -> None:
    by = city.clerk
    person = city.person("何青", BRANCH)
    other = city.person("林晓禾", BRANCH)
    for number, (post, holder) in enumerate((("organisation", person), ("publicity", other))):
        made = actions.create_post(city[BRANCH], post, by=by, at=SOME_DAY, idem=f"p{number}")
        actions.start_holding(made, holder, "elected", by=by, at=date(2024, 3, 1), idem=f"h{number}")
    unit = calendar_of(city.clerk, city[BRANCH], clock.today()).decode()
    assert "支委谈心谈话" not in unit
    account = actions.open_account("heqing", by=city.keeper, at=clock.today(), idem="open", person=person)
    actions.grant(account, "branch_secretary", city[BRANCH], by=city.keeper, at=clock.today(), idem="grant")
    own = calendar_of(actor(account, clock.today()), None, clock.today())
    talks = [one for one in icalendar.Calendar.from_ical(own).events if "支委谈心谈话" in str(one["SUMMARY"])]
    assert len(talks) == len({one.start for one in talks}) > 0
    assert "何青" not in own.decode()
    assert "林晓禾" not in own.decode()


def test_the_address_is_kept_as_its_digest_alone_and_is_withdrawn_at_once(client: Client, city: City) -> None:
    by = secretary(city)
    secret = issue(by, city[BRANCH])
    (row,) = CalendarFeed.objects.all()
    assert len(secret) >= 43
    assert secret not in f"{row.digest}{row.account}{row.org}"
    assert feeds.withdraw(city.clerk, row.digest) == 0  # nobody withdraws another's
    assert client.get(f"/api/v1/calendar/{secret}.ics").status_code == 200
    assert feeds.withdraw(by, row.digest) == 1
    gone = client.get(f"/api/v1/calendar/{secret}.ics")
    assert (gone.status_code, gone.json()["problems"][0]["code"]) == (404, "api.no_feed")


def test_an_unknown_address_and_another_method_are_refused_in_words(client: Client, city: City) -> None:
    assert client.get("/api/v1/calendar/guess.ics").json()["problems"][0]["code"] == "api.no_feed"
    secret = issue(secretary(city), city[BRANCH])
    refused = client.post(f"/api/v1/calendar/{secret}.ics")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_a_calendar_ends_with_its_account(client: Client, city: City) -> None:
    by = secretary(city)
    secret = issue(by, city[BRANCH])
    actions.close_account(by.account, by=city.keeper, at=clock.today(), idem="close")
    assert client.get(f"/api/v1/calendar/{secret}.ics").status_code == 404


def test_nobody_gets_the_calendar_of_a_unit_he_may_not_see(city: City) -> None:
    with pytest.raises(NotFound):
        issue(secretary(city), city["荷塘支部"])


def test_vdirsyncer_takes_the_feed_over_event_by_event(city: City, tmp_path: Path) -> None:
    whole = calendar_of(city.clerk, city[BRANCH], clock.today())
    file = tmp_path / "feed.ics"
    file.write_bytes(whole)

    async def listed() -> int:
        storage = SingleFileStorage(path=str(file))
        return len([item async for item in storage.list()])

    assert asyncio.run(listed()) == len(icalendar.Calendar.from_ical(whole).walk("VEVENT")) > 0
