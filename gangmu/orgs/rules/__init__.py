"""What the organisation graph refuses, and why. Pure: frozen values in, every Problem out."""

from gangmu.orgs.rules.access import (
    against_beginning,
    against_both,
    against_closing_account,
    against_granted,
    against_granting,
    against_opening,
)
from gangmu.orgs.rules.coverage import COVERING, ENTITY, ORGANISED, against_covering, coverage
from gangmu.orgs.rules.days import Life, against_change, against_closing, against_the_day
from gangmu.orgs.rules.enrolments import against_enrolment
from gangmu.orgs.rules.findings import Strength, of_strength, term_due
from gangmu.orgs.rules.rosters import (
    against_closing_post,
    against_holding,
    against_membership,
    against_person,
    against_relation,
    against_stage,
    against_stranger,
    no_such_post,
)
from gangmu.orgs.rules.units import (
    against_ending,
    against_ending_before,
    against_founding,
    against_kind,
    against_merging,
    against_moving,
    against_renaming,
    against_splitting,
    against_taking,
    not_both_ends,
)

__all__ = [
    "COVERING",
    "ENTITY",
    "ORGANISED",
    "Life",
    "Strength",
    "against_beginning",
    "against_both",
    "against_change",
    "against_closing",
    "against_closing_account",
    "against_closing_post",
    "against_covering",
    "against_ending",
    "against_ending_before",
    "against_enrolment",
    "against_founding",
    "against_granted",
    "against_granting",
    "against_holding",
    "against_kind",
    "against_membership",
    "against_merging",
    "against_moving",
    "against_opening",
    "against_person",
    "against_relation",
    "against_renaming",
    "against_splitting",
    "against_stage",
    "against_stranger",
    "against_taking",
    "against_the_day",
    "coverage",
    "no_such_post",
    "not_both_ends",
    "of_strength",
    "term_due",
]
