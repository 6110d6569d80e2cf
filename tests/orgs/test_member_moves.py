"""Members move by letter and receipt, live elsewhere, and are kept in touch with; a clue is for two pairs of eyes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gangmu.catalog.current import catalog
from gangmu.catalog.norms import RuleRow
from gangmu.kernel import clock
from gangmu.kernel.ids import FactId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.ledger import queries as ledger
from gangmu.orgs import member_moves, rosters
from gangmu.orgs.actions.member_moves import LetterAsked, issue_letter, note_away, note_contact, receive_letter
from gangmu.orgs.rules.member_moves import out_of_reach_since
from gangmu.records.actions import reverse_fact
from tests.orgs.cast import City

HERE, THERE = "柳溪支部", "荷塘支部"
DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return clock.today()


def letter(city: City, membership: str, *, to: str | None = THERE, days: int = 90, idem: str = "l") -> None:
    asked = LetterAsked(membership, clock.today(), clock.today() + DAY * days, idem, city[to] if to else None,
                        "" if to else "外省某支部")  # fmt: skip
    issue_letter(asked, by=city.clerk)


def waiting(city: City, of: str = HERE) -> member_moves.Letters:
    return member_moves.letters(city.clerk.scope, city[of])


def roll(city: City, of: str) -> list[str]:
    return [row.membership for row in rosters.members(city.clerk.scope, city[of])]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_member_stays_on_the_old_roll_until_the_new_branch_receives_the_letter(city: City, today: date) -> None:
    membership = city.member()
    letter(city, membership)
    assert roll(city, HERE) == [membership]
    new_home = city.account("xin", "branch_secretary", THERE)
    found = member_moves.letters(new_home.scope, city[THERE])
    assert (len(found.coming), len(found.out), len(waiting(city).out)) == (1, 0, 1)
    assert list(member_moves.names_in_letters(new_home.scope, found).values()) == ["林晓禾"]
    new = receive_letter(found.coming[0].fact, by=new_home, at=today, idem="r")
    assert (roll(city, HERE), roll(city, THERE)) == ([], [new])
    assert not waiting(city).out


def test_the_receipt_points_to_the_letter_and_is_recorded_once(city: City, today: date) -> None:
    letter(city, city.member())
    fact = waiting(city).out[0].fact
    first = receive_letter(fact, by=city.clerk, at=today, idem="r")
    before = ledger.count(ledger.FactFilter())
    assert receive_letter(fact, by=city.clerk, at=today, idem="r") == first
    assert ledger.count(ledger.FactFilter()) == before
    assert ledger.history([first])[0].ref("answers") == fact


@pytest.mark.parametrize(
    ("days", "received", "code"), [(5, 6, "orgs.future"), (0, 0, ""), (-1, 0, "orgs.letter_backwards")]
)
def test_a_letter_holds_until_its_last_day(city: City, today: date, days: int, received: int, code: str) -> None:
    membership = city.member()
    try:
        letter(city, membership, days=days)
        receive_letter(waiting(city).out[0].fact, by=city.clerk, at=today + DAY * received, idem="r")
        said = ""
    except Refused as refusal:
        said = refusal.problems[0].code
    assert said == code


def test_an_expired_letter_is_refused_and_the_old_branch_named(city: City, today: date) -> None:
    membership = city.member()
    asked = LetterAsked(membership, today - DAY * 100, today - DAY * 10, "l", city[THERE])
    issue_letter(asked, by=city.clerk)
    with pytest.raises(Refused) as refused:
        receive_letter(waiting(city).out[0].fact, by=city.clerk, at=today, idem="r")
    assert codes(refused) == ["orgs.letter_expired"]
    assert "原支部重开" in refused.value.problems[0].message


def test_one_letter_at_a_time_and_a_letter_taken_back_frees_the_way(city: City) -> None:
    membership = city.member()
    letter(city, membership)
    with pytest.raises(Refused) as refused:
        letter(city, membership, idem="l2")
    assert codes(refused) == ["orgs.letter_pending"]
    reverse_fact(waiting(city).out[0].fact, reason="wrong", note="", by=city.clerk, idem="back")
    assert not waiting(city).out
    letter(city, membership, idem="l3")
    assert len(waiting(city).out) == 1


@pytest.mark.parametrize(("to", "code"), [(HERE, "orgs.letter_home"), ("柳溪村", "orgs.no_members_here"),
                                           ("抗旱临时支部", "orgs.temporary_no_transfer")])  # fmt: skip
def test_a_letter_leads_to_another_branch_that_takes_members(city: City, to: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        letter(city, city.member(), to=to)
    assert codes(refused) == [code]


def test_a_letter_that_leads_nowhere_is_refused(city: City, today: date) -> None:
    with pytest.raises(Refused) as refused:
        issue_letter(LetterAsked(city.member(), today, today, "l"), by=city.clerk)
    assert codes(refused) == ["orgs.letter_nowhere"]


def test_a_letter_to_outside_is_confirmed_by_the_branch_that_issued_it(city: City, today: date) -> None:
    letter(city, city.member(), to=None)
    fact = waiting(city).out[0].fact
    assert "外省" not in ledger.entry(fact).decode()
    with pytest.raises(NotFound):
        receive_letter(fact, by=city.account("xin", "branch_secretary", THERE), at=today, idem="r")
    receive_letter(fact, by=city.account("jiu", "branch_secretary", HERE), at=today, idem="r")
    assert roll(city, HERE) == []


def test_a_stranger_neither_sees_nor_receives_a_letter(city: City, today: date) -> None:
    letter(city, city.member())
    stranger = city.account("wai", "branch_secretary", "石桥支部")
    assert not member_moves.letters(stranger.scope, city["石桥支部"]).coming
    with pytest.raises(NotFound):
        member_moves.letters(stranger.scope, city[THERE])
    with pytest.raises(NotFound):
        receive_letter(waiting(city).out[0].fact, by=stranger, at=today, idem="r")
    with pytest.raises(NotFound):
        receive_letter(FactId("f" * 32), by=stranger, at=today, idem="r")


def test_a_member_away_is_shown_with_who_keeps_in_touch_until_back(city: City, today: date) -> None:
    membership, keeper = city.member(), city.person("周禾")
    note_away(membership, "away", by=city.clerk, at=today - DAY * 200, idem="a", keeper=keeper)
    told = member_moves.roll(city.clerk.scope, city[HERE])[0]
    assert (told.away_since, told.keeper) == (today - DAY * 200, keeper)
    note_away(membership, "back", by=city.clerk, at=today, idem="b")
    assert member_moves.roll(city.clerk.scope, city[HERE])[0].away_since is None


# --- clues ---------------------------------------------------------------------------------------------------------

HALF_A_YEAR = RuleRow(since=date(2019, 5, 6), compare="at_least", value=Decimal(6), unit="个月")
TODAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("notes", "clue"),
    [
        ([], None),
        ([(date(2020, 1, 1), True)], None),  # an old contact alone is no clue: nobody tried
        ([(date(2025, 1, 1), False)], date(2025, 1, 1)),
        ([(date(2025, 1, 2), False)], None),
        ([(date(2024, 1, 1), False), (date(2025, 6, 1), False)], date(2024, 1, 1)),
        ([(date(2024, 1, 1), False), (date(2025, 6, 1), True)], None),
        ([(date(2024, 1, 1), False), (date(2024, 2, 1), True), (date(2025, 1, 1), False)], date(2025, 1, 1)),
    ],
)
def test_a_clue_is_half_a_year_of_trying_in_vain_and_lapses_with_a_contact(
    notes: list[tuple[date, bool]], clue: date | None
) -> None:
    assert out_of_reach_since(notes, HALF_A_YEAR, TODAY) == clue


def test_where_the_rule_is_switched_off_there_is_no_clue() -> None:
    assert out_of_reach_since([(date(2020, 1, 1), False)], None, TODAY) is None


def tried(city: City, today: date) -> str:
    membership = city.member()
    secretary = city.account("ben", "branch_secretary", HERE)
    note_contact(membership, "no", by=secretary, at=today - DAY * 200, idem="n")
    return membership


@pytest.mark.parametrize(
    ("name", "role", "over", "sees"),
    [
        ("s", "branch_secretary", HERE, True),
        ("t", "party_clerk", "东镇", True),
        ("v", "party_clerk", "柳溪村", False),
        ("x", "party_clerk", "柳林县", False),
        ("c", "party_clerk", "青禾市", False),
        ("b", "branch_secretary", "东镇", False),
    ],
)
def test_a_clue_is_seen_by_the_branch_and_the_township_clerk_alone(
    city: City, today: date, name: str, role: str, over: str, sees: bool
) -> None:
    membership = tried(city, today)
    reader = city.account(f"r-{name}", role, over)
    told = member_moves.roll(reader.scope, city[HERE])[0]
    assert (told.out_of_reach is not None) == sees
    if sees:
        note_contact(membership, "yes", by=reader, at=today, idem="y")
        told = member_moves.roll(reader.scope, city[HERE])[0]
        assert (told.out_of_reach, told.last_contact) == (None, today)
    else:
        with pytest.raises(Refused):
            note_contact(membership, "yes", by=reader, at=today, idem="y")


def test_whether_somebody_was_reached_stands_in_no_body_and_in_no_figure(city: City, today: date) -> None:
    membership = tried(city, today)
    fact = ledger.history([membership], (member_moves.CONTACTED,))[0]
    assert set(fact.body) == {"person"} | ({"late_reason"} & set(fact.body))
    formulas = [row.text for one in catalog().indicators.values() for row in one.formula]
    assert not [text for text in formulas if member_moves.CONTACTED in text]
    assert not [key for key, duty in catalog().duties.items() if member_moves.CONTACTED in repr(duty.terms)]
