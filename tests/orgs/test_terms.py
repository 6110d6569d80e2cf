"""Posts and terms: who held what on which day, what falls vacant, and what is not there to be ended."""

from datetime import date, timedelta
from random import Random

import pytest

from gangmu.kernel.ids import OrgId, PersonId, PostId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.orgs import actions, lookups, queries, rosters
from gangmu.people.queries import account_named, home_of
from tests.orgs.cast import SOME_DAY, City

TERM_ENDS = date(2023, 3, 1)
AFTER = TERM_ENDS + timedelta(days=400)
NOBODY = "f" * 32


@pytest.fixture
def post(city: City) -> PostId:
    """The secretary's post of a branch, with a term of three years."""
    return actions.create_post(
        city["柳溪支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="post", term_years=3, title="书记"
    )


def seat(city: City, on: date) -> rosters.PostRow:
    (row,) = rosters.posts(city.clerk.scope, city["柳溪支部"], on)
    return row


def held(city: City, post: PostId, name: str, at: date, until: date | None = None) -> str:
    return actions.start_holding(
        post, city.person(name), "elected", by=city.clerk, at=at, idem=f"holds/{at}", until=until
    )


def test_a_post_is_there_from_its_day_on_and_says_its_title(city: City, post: PostId) -> None:
    assert rosters.posts(city.clerk.scope, city["柳溪支部"], SOME_DAY - timedelta(days=1)) == ()
    assert (seat(city, SOME_DAY).id, seat(city, SOME_DAY).title) == (post, "书记")


def test_a_term_that_ran_out_is_shown_and_ends_nothing_by_itself(city: City, post: PostId) -> None:
    held(city, post, "周望", SOME_DAY, TERM_ENDS)
    row = seat(city, AFTER)
    assert row.person == city.person("周望")
    assert row.term_ends_on == TERM_ENDS


def test_one_follows_the_other_and_each_day_shows_its_own(city: City, post: PostId) -> None:
    first = held(city, post, "周望", SOME_DAY, TERM_ENDS)
    actions.end_holding(first, "term_over", by=city.clerk, at=TERM_ENDS, idem="ends")
    held(city, post, "苏禾", TERM_ENDS)
    holders = [seat(city, day).person for day in (TERM_ENDS - timedelta(days=1), TERM_ENDS)]
    assert holders == [city.person("周望"), city.person("苏禾")]


def test_a_post_left_empty_is_a_vacancy_from_that_day_until_it_closes(city: City, post: PostId) -> None:
    holding = held(city, post, "周望", SOME_DAY)
    actions.end_holding(holding, "resigned", by=city.clerk, at=TERM_ENDS, idem="ends")
    actions.close_post(post, by=city.clerk, at=AFTER, idem="closes")
    assert seat(city, AFTER - timedelta(days=1)).person is None
    assert rosters.posts(city.clerk.scope, city["柳溪支部"], AFTER) == ()


def test_nobody_takes_up_a_post_before_a_later_holder_and_keeps_it(city: City, post: PostId) -> None:
    """A holding goes on until it is ended, so an earlier one would give the post two holders from then on."""
    held(city, post, "周望", AFTER)
    with pytest.raises(Refused) as refusal:
        held(city, post, "苏禾", SOME_DAY)
    assert [problem.code for problem in refusal.value.problems] == ["orgs.post_held"]
    assert seat(city, AFTER).person == city.person("周望")
    assert seat(city, AFTER - timedelta(days=1)).person is None


def test_a_post_is_not_done_away_with_before_a_later_holder(city: City, post: PostId) -> None:
    holding = held(city, post, "周望", AFTER)
    with pytest.raises(Refused) as refusal:
        actions.close_post(post, by=city.clerk, at=TERM_ENDS, idem="closes")
    assert [problem.code for problem in refusal.value.problems] == ["orgs.post_held"]
    actions.end_holding(holding, "moved", by=city.clerk, at=AFTER + timedelta(days=1), idem="ends")
    actions.close_post(post, by=city.clerk, at=AFTER + timedelta(days=1), idem="closes")
    assert rosters.posts(city.clerk.scope, city["柳溪支部"], AFTER + timedelta(days=1)) == ()


def test_a_gap_between_two_holders_is_filled_by_nobody_who_would_stay(city: City, post: PostId) -> None:
    first = held(city, post, "周望", SOME_DAY)
    actions.end_holding(first, "resigned", by=city.clerk, at=TERM_ENDS, idem="ends")
    held(city, post, "苏禾", AFTER)
    for day in (TERM_ENDS, TERM_ENDS + timedelta(days=30), AFTER):
        with pytest.raises(Refused):
            held(city, post, "程野", day, until=AFTER)
    assert seat(city, TERM_ENDS).person is None


@pytest.mark.parametrize("seed", range(3))
def test_on_every_day_the_seat_is_what_a_calendar_kept_beside_it_says(city: City, post: PostId, seed: int) -> None:
    """Holders come and go at random days, backwards too; a calendar of days is kept by hand and compared at the end."""
    pick, calendar = Random(seed), dict[int, PersonId]()
    open_holding: tuple[str, int] | None = None
    for step in range(12):
        at = pick.randrange(60)
        if open_holding is None and not any(day >= at for day in calendar):
            person = city.person(f"人{step}")
            holding = actions.start_holding(
                post, person, "elected", by=city.clerk, at=SOME_DAY + timedelta(days=at), idem=f"start/{step}"
            )
            open_holding = (holding, at)
            calendar |= dict.fromkeys(range(at, 60), person)
        elif open_holding is not None and at >= open_holding[1]:
            actions.end_holding(
                open_holding[0], "moved", by=city.clerk, at=SOME_DAY + timedelta(days=at), idem=f"end/{step}"
            )
            calendar = {day: person for day, person in calendar.items() if day < at}
            open_holding = None
        else:
            with pytest.raises(Refused):
                try_at(city, post, open_holding, at, step)
    told = {day: seat(city, SOME_DAY + timedelta(days=day)).person for day in range(60)}
    assert told == {day: calendar.get(day) for day in range(60)}


def try_at(city: City, post: PostId, holding: tuple[str, int] | None, at: int, step: int) -> None:
    """What the calendar says cannot be: to take up a post before its later holder, or to end before beginning."""
    day = SOME_DAY + timedelta(days=at)
    if holding is None:
        actions.start_holding(post, city.person("程野"), "elected", by=city.clerk, at=day, idem=f"no/{step}")
    else:
        actions.end_holding(holding[0], "moved", by=city.clerk, at=day, idem=f"no/{step}")


def test_ending_a_holding_again_by_the_same_request_is_once(city: City, post: PostId) -> None:
    holding = held(city, post, "周望", SOME_DAY)
    first = actions.end_holding(holding, "moved", by=city.clerk, at=TERM_ENDS, idem="ends")
    again = actions.end_holding(holding, "moved", by=city.clerk, at=TERM_ENDS, idem="ends")
    assert (first.id, again.repeated) == (again.id, True)


def test_the_longest_held_post_is_the_one_a_person_acts_for(city: City, post: PostId) -> None:
    held(city, post, "周望", SOME_DAY)
    other = actions.create_post(city["石桥支部"], "secretary", by=city.clerk, at=SOME_DAY, idem="other")
    actions.start_holding(other, city.person("周望"), "elected", by=city.clerk, at=TERM_ENDS, idem="more")
    assert rosters.post_held_by(city.person("周望"), AFTER) == post
    assert rosters.post_held_by(city.person("周望"), SOME_DAY - timedelta(days=1)) is None
    assert rosters.post_held_by(PersonId(NOBODY), AFTER) is None


# --- what is not there


@pytest.mark.parametrize("table", ["relation", "post", "holding", "membership"])
def test_what_is_not_on_record_is_said_to_be_unknown(city: City, table: str) -> None:
    with pytest.raises(NotFound) as refusal:
        lookups.spells(table, [NOBODY])
    assert [problem.code for problem in refusal.value.problems] == ["orgs.unknown_thing"]


def test_a_holding_or_membership_that_never_was_is_not_ended(city: City) -> None:
    with pytest.raises(NotFound):
        actions.end_holding(NOBODY, "moved", by=city.clerk, at=SOME_DAY, idem="h")
    with pytest.raises(NotFound):
        actions.end_membership(NOBODY, "died", by=city.clerk, at=SOME_DAY, idem="m")


def test_what_lies_outside_the_scope_is_not_ended_either(city: City, post: PostId) -> None:
    holding = held(city, post, "周望", SOME_DAY)
    stranger = city.account("stranger", "party_clerk", "西镇")
    with pytest.raises(NotFound):
        actions.end_holding(holding, "moved", by=stranger, at=TERM_ENDS, idem="h")
    assert seat(city, TERM_ENDS).person == city.person("周望")


def test_a_code_that_no_unit_bears_is_refused_with_the_code(city: City) -> None:
    assert lookups.org_called("QH") == lookups.org_called(city.root) == city.root
    with pytest.raises((NotFound, Refused)) as refusal:
        lookups.org_called("XX-99")
    (problem,) = refusal.value.problems
    assert problem.code == "orgs.no_such_code"
    assert "XX-99" in problem.message
    assert "XX-99" in problem.message_en


def test_an_account_nobody_opened_is_unknown(city: City) -> None:
    for ask in (lambda: account_named("nobody"), lambda: home_of(city.clerk_id[:-1] + "x")):  # type: ignore[arg-type]
        with pytest.raises(NotFound) as refusal:
            ask()
        assert [problem.code for problem in refusal.value.problems] == ["people.unknown_account"]


def test_a_unit_is_unknown_before_it_was_founded(city: City) -> None:
    scope = city.clerk.scope
    assert queries.tree(date(1949, 1, 1)).get(city["柳溪支部"]) is None
    with pytest.raises(NotFound):
        queries.unit(scope, OrgId(NOBODY))
