"""What is worth a look about a unit and forbids nothing: its size, its committee, its term. Pure.

Findings are Problems with a rule and its source; they are shown beside the unit and stop no change.
"""

from dataclasses import dataclass
from datetime import date

from gangmu.catalog.definitions import OrganisationKind
from gangmu.kernel.problems import Problem
from gangmu.kernel.working_days import shift_day
from gangmu.orgs.rules.days import BRANCH_RULES

ELECTION_RULES = "《中国共产党基层组织选举工作条例》（2020）"
SIZE_RULES = "《中国共产党支部工作条例（试行）》（2018）第四条"
NOTICES = (3, 6)  # months before the end of a term at which its election is due for a word, the nearest first


@dataclass(frozen=True, slots=True)
class Strength:
    """Who belongs to a unit on a day: all members, those of full standing, and the seats of its committee."""

    members: int
    full: int
    committee: int


def of_strength(
    kind: OrganisationKind | None, has: Strength, least_full: int, most_members: int, committee_from: int
) -> list[Problem]:
    """What the rules of size say about a unit with members of its own; nothing about kinds that have none.

    The three numbers are those of the rules in force on the day (catalog: branch.members_min, branch.members_max,
    organisation kinds).
    """
    if kind is None or kind.form != "branch":
        return []
    found = []
    if has.full < least_full:
        found.append(Problem(
            "orgs.finding_few", f"正式党员{has.full}名，不足{least_full}名；可以和邻近的组织联合设支部。",
            f"It has {has.full} full members, fewer than {least_full}; it may form a joint branch with a neighbour.",
            "org", SIZE_RULES))  # fmt: skip
    if has.members > most_members:
        found.append(Problem(
            "orgs.finding_many", f"党员{has.members}名，超过{most_members}名；一般应设党总支，或分设支部。",
            f"It has {has.members} members, more than {most_members}; consider a general branch, or a split.",
            "org", SIZE_RULES))  # fmt: skip
    if has.full >= committee_from and not has.committee:
        found.append(Problem(
            "orgs.finding_no_committee", f"正式党员{has.full}名，满{committee_from}名应设支委会，现在没有委员岗位。",
            f"With {has.full} full members ({committee_from} or more) it should have a committee; no seat is set up.",
            "org", BRANCH_RULES))  # fmt: skip
    if has.committee and has.full < committee_from:
        found.append(Problem(
            "orgs.finding_committee", f"正式党员{has.full}名，不足{committee_from}名一般只设书记，必要时设副书记1名。",
            f"With {has.full} full members (fewer than {committee_from}) a secretary, and one deputy, are enough.",
            "org", BRANCH_RULES))  # fmt: skip
    return found


def term_due(kind: OrganisationKind | None, ends_on: date | None, today: date) -> list[Problem]:
    """Whether the election of a new committee is due: six and three months ahead, and once the term is over.

    `ends_on`: the last day of the term of those elected. Kinds that elect nobody are never due.
    """
    if kind is None or not kind.elected or ends_on is None:
        return []
    if ends_on < today:
        return [Problem(
            "orgs.finding_term_over", f"任期{ends_on}已经届满，请换届；延期要上级批准，一般不超过1年。",
            f"The term ended on {ends_on}: hold the election; a delay needs the approval of the unit above.",
            "posts", ELECTION_RULES)]  # fmt: skip
    months = next((count for count in NOTICES if shift_day(ends_on, -count) <= today), None)
    if months is None:
        return []
    return [Problem(
        "orgs.finding_term", f"任期{ends_on}届满，已不到{months}个月，请准备换届。",
        f"The term ends on {ends_on}, in less than {months} months: prepare the election.",
        "posts", ELECTION_RULES)]  # fmt: skip
