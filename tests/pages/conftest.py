"""A small city with a year of records, and people signed in to it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from gangmu.kernel import clock
from gangmu.kernel.canon import Json
from gangmu.kernel.clock import local_moment
from gangmu.kernel.scope import Actor
from gangmu.ledger import sequencer
from gangmu.ledger.facts import Draft, Sealed
from gangmu.pages import messages
from gangmu.people.actions import set_password
from gangmu.people.intake import record_checked
from tests.orgs import cast

PASSWORD = "qing-he-lake-2025"


@pytest.fixture(scope="session", autouse=True)
def _compiled_messages() -> None:
    """English pages need the catalogue compiled; the build does it elsewhere."""
    messages.compile_all()


@dataclass
class Town:
    """The cast, three readers, and what is on record."""

    city: cast.City
    secretary: Actor
    leader: Actor
    auditor: Actor
    today: date

    def client(self, who: Actor, *, english: bool = False) -> Client:
        """A browser in which `who` has signed in."""
        browser = Client()
        names = {self.secretary.account: "mishu", self.leader.account: "lingdao", self.auditor.account: "shenji"}
        answer = browser.post("/sign-in", {"name": names[who.account], "password": PASSWORD})
        assert answer.status_code == 302
        if english:
            browser.cookies["gm-language"] = "en"
        return browser


def on_record(city: cast.City, today: date) -> list[Draft]:
    """Six meetings this year in two branches, one of them late last month, and three matters of which one is closed."""
    drafts = []
    for number in range(6):
        day = max(date(today.year, 1, 1), today - timedelta(days=number))
        org = city["荷塘支部"] if number % 2 else city["柳溪支部"]
        held: dict[str, Json] = {"tags": ["members_meeting"], "present": 20 + number, "expected": 25}
        sealed = (Sealed("subject", "讨论年度计划"),)
        drafts.append(
            Draft("activity.held", org, held, local_moment(day), local_moment(day), f"meeting/{number}", priv=sealed)
        )
    for number in range(3):
        due = (today + timedelta(days=number - 1)).isoformat()
        opened: dict[str, Json] = {"tags": ["request"], "due_on": due}
        moment, about = local_moment(today), f"{number:032x}"
        drafts.append(Draft("matter.opened", city["荷塘支部"], opened, moment, moment, f"matter/{number}", about=about))
    moment = local_moment(today)
    closed = {"outcome": "solved"}
    drafts.append(Draft("matter.closed", city["荷塘支部"], closed, moment, moment, "closed", about=f"{2:032x}"))
    return drafts


def found_town() -> Town:
    """The cast with its records and readers."""
    city, today = cast.build(), clock.today()
    readers = [
        city.account("mishu", "branch_secretary", "荷塘支部"),
        city.account("lingdao", "leader", "青禾市"),
        city.account("shenji", "auditor", "西镇"),
    ]
    for reader in readers:
        set_password(reader.account, PASSWORD)
    record_checked(on_record(city, today), by=city.clerk)
    while sequencer.run_once():
        pass
    secretary, leader, auditor = readers
    return Town(city, secretary, leader, auditor, today)


@pytest.fixture
def town(db: None) -> Town:
    """A fresh town for one test."""
    return found_town()
