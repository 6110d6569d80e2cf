"""Why an entity cannot be covered so: which kinds of unit are to be covered, and what may cover them."""

from collections.abc import Iterable

from gangmu.catalog.definitions import OrganisationKind
from gangmu.kernel.problems import Problem
from gangmu.orgs.rules.days import BRANCH_RULES

ENTITY = "entity"  # the form of what has no Party unit of its own: firms, co-operatives, chains …
ORGANISED = ("covered_alone", "covered_jointly", "covered_by_area")  # coverage by organisations
COVERING = (*ORGANISED, "mentored")  # coverage by work: a mentor counts too, until a unit can be founded


def coverage(relations: Iterable[str]) -> str:
    """How an entity tied by these relations is covered: `organised`, `mentored`, or empty for a gap."""
    held = set(relations)
    return "organised" if held & set(ORGANISED) else "mentored" if "mentored" in held else ""


def against_covering(relation: str, leading: OrganisationKind | None, other: OrganisationKind | None) -> list[Problem]:
    """Covering relations tie an entity, which leads, to a unit of the Party; other relations tie no entity."""
    if relation not in COVERING:
        return []
    if leading is None or leading.form != ENTITY:
        return [Problem("orgs.covers_entities", "覆盖关系从企业、合作社这类单位记起；这个单位本身就是党组织。",
                        "Coverage is recorded at the firm, co-operative or chain; this unit is itself of the Party.",
                        "org", BRANCH_RULES)]  # fmt: skip
    if other is None or other.form == ENTITY:
        return [Problem("orgs.covered_by_party", "来覆盖的要是党组织，请另选。",
                        "What covers it must be a unit of the Party; choose another.", "other",
                        BRANCH_RULES)]  # fmt: skip
    return []
