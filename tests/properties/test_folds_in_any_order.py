"""Every projection the system has gives the same rows whatever the order its facts arrive in, reversals included.

tests/orgs and tests/ledger shuffle their own floor; this holds the whole list of the wiring, so that none is left out.
"""

from collections.abc import Sequence
from random import Random

import pytest

from gangmu.kernel import clock
from gangmu.ledger import index
from gangmu.ledger import queries as ledger
from gangmu.ledger.actions import reverse
from gangmu.ledger.facts import Fact
from gangmu.ledger.projections import Projection, fold, kind_of
from gangmu.ledger.rebuild import rebuild
from gangmu.orgs import actions
from gangmu.orgs.entries import Ending, Enrolling, NewStage
from gangmu.records import actions as records
from gangmu.wiring.projections import PROJECTIONS
from tests.orgs.cast import SOME_DAY, City, key
from tests.orgs.conftest import city

__all__ = ["city"]
EVERY: tuple[Projection, ...] = (*index.OWN, *PROJECTIONS)


@pytest.fixture
def lived(city: City) -> City:
    """A fact of as many folded kinds as one life gives, some of them taken back."""
    by, today = city.clerk, clock.today()
    mistaken = city.member("周望", "柳溪支部")
    moving = city.member("苏禾", "石桥支部")
    actions.transfer_member(moving, city["荷塘支部"], by=by, at=today, idem="transfer")
    actions.end_membership(mistaken, "left", by=by, at=today, idem="left")
    actions.change_stage(NewStage(city["柳溪支部"], city.person("任遥"), "activist", SOME_DAY, key("stage")), by=by)
    post = actions.create_post(city["荷塘支部"], "secretary", by=by, at=SOME_DAY, idem="post")
    holding = actions.start_holding(post, city.person("程野"), "elected", by=by, at=SOME_DAY, idem="holds")
    actions.end_holding(holding, "term_over", by=by, at=today, idem="ends")
    actions.close_post(post, by=by, at=today, idem="closes")
    tie = actions.open_relation("grid", city["柳溪支部"], city["荷塘支部"], by=by, at=SOME_DAY, idem="tie")
    actions.close_relation(tie, by=by, at=today, idem="untie")
    teacher = Enrolling(city["柳溪支部"], "teacher", SOME_DAY, "teaches", "青组发〔2025〕6号", name="方晓")
    entered = actions.enrol(teacher, by=by)
    actions.strike(Ending(entered, "term_over", today, "taught"), by=by)
    actions.rename_unit(city["柳溪村"], "柳溪社区党委", by=by, at=SOME_DAY, idem="name")
    moved = actions.move_unit(city["石桥村"], city["西镇"], by=by, at=SOME_DAY, idem="move")
    reverse(moved.id, reason="mistake", note="", by=by, schema="0" * 64, idem="back")
    actions.merge_unit(city["西镇"], city["东镇"], by=by, at=SOME_DAY, idem="merge")
    reader = city.account("reader", "leader", "东镇")
    grant = actions.grant(reader.account, "auditor", city["东镇"], by=city.keeper, at=today, idem="more")
    actions.revoke(grant, by=city.keeper, at=today, idem="less")
    actions.close_account(reader.account, by=city.keeper, at=today, idem="gone")
    body = {"tags": ["lecture"]}
    for number in range(3):
        held = records.record_fact("activity.held", city["柳溪支部"], body=body, on=today, by=by, idem=f"held/{number}")
    records.reverse_fact(held.id, reason="mistake", note="", by=by, idem="not-held")
    return city


def digests() -> dict[str, str]:
    return {projection.name: projection.digest() for projection in EVERY}


def replay(facts: Sequence[Fact], rng: Random) -> None:
    """Empty every table and fold the facts anew in their order, in batches of random size."""
    for projection in EVERY:
        projection.empty()
    start = 0
    while start < len(facts):
        size = rng.choice((1, 2, 7, 40, 1000))
        fold(EVERY, facts[start : start + size])
        start += size


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_batches_give_the_same_rows(lived: City, seed: int) -> None:
    rng, before = Random(seed), digests()
    facts = list(ledger.facts(ledger.FactFilter(), limit=1000))
    rng.shuffle(facts)
    replay(facts, rng)
    assert digests() == before


def test_a_life_touches_every_projection(lived: City) -> None:
    """A projection whose kinds no fact of this life has would be shuffled in vain."""
    kinds = {kind_of(fact) for fact in ledger.facts(ledger.FactFilter(), limit=1000)}
    untouched = [one.name for one in PROJECTIONS if one.kinds is not None and not one.kinds & kinds]
    assert untouched == []


def test_the_log_replayed_gives_what_the_actions_wrote(lived: City) -> None:
    assert [str(one) for one in rebuild(check=True) if one.drift] == []


def test_a_row_changed_by_hand_is_drift(lived: City) -> None:
    from gangmu.orgs.models import UnitName

    UnitName.objects.filter(org=lived["东镇"]).update(name="改过的名字")
    assert [one.name for one in rebuild(check=True) if one.drift] == ["orgs.units"]
