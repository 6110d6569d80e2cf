"""Everything that changes the organisation graph, one verb a change: ask, check, record as facts."""

from gangmu.orgs.actions.access import begin, close_account, grant, open_account, revoke
from gangmu.orgs.actions.changes import carry_out, digest_of_plan, planned
from gangmu.orgs.actions.endings import dissolve_unit, merge_unit, split_unit
from gangmu.orgs.actions.enrolments import enrol, strike
from gangmu.orgs.actions.members import (
    change_stage,
    end_membership,
    load_endings,
    load_memberships,
    load_persons,
    load_stages,
    memberships_ready,
    persons_ready,
    record_person,
    start_membership,
    transfer_member,
)
from gangmu.orgs.actions.posts import (
    close_post,
    close_relation,
    create_post,
    end_holding,
    hand_over,
    load_holding_endings,
    load_holdings,
    load_posts,
    open_relation,
    start_holding,
)
from gangmu.orgs.actions.seating import leave, seat
from gangmu.orgs.actions.units import against_units, found_unit, load_units, move_unit, rename_unit

__all__ = [
    "against_units",
    "begin",
    "carry_out",
    "change_stage",
    "close_account",
    "close_post",
    "close_relation",
    "create_post",
    "digest_of_plan",
    "dissolve_unit",
    "end_holding",
    "end_membership",
    "enrol",
    "found_unit",
    "grant",
    "hand_over",
    "leave",
    "load_endings",
    "load_holding_endings",
    "load_holdings",
    "load_memberships",
    "load_persons",
    "load_posts",
    "load_stages",
    "load_units",
    "memberships_ready",
    "merge_unit",
    "move_unit",
    "open_account",
    "open_relation",
    "persons_ready",
    "planned",
    "record_person",
    "rename_unit",
    "revoke",
    "seat",
    "split_unit",
    "start_holding",
    "start_membership",
    "strike",
    "transfer_member",
]  # fmt: skip
