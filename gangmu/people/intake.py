"""The gate through which the facts of every action above the ledger go: bodies are checked by the catalog first."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.current import catalog
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Actor
from gangmu.ledger.actions import Prepared, prepare, record_prepared
from gangmu.ledger.facts import Draft, Receipt


def thing_id(by: Actor, idem: str) -> str:
    """The id of the thing that a request brings into being: the same request names the same thing again."""
    return sha256(f"{by.account}\n{idem}".encode()).hexdigest()[:32]


def record_checked(drafts: Sequence[Draft], *, by: Actor) -> list[Receipt]:
    """Record `drafts` under today's catalog, all or none. Raises Refused with every problem of every body.

    Asks no permission: the action that calls it has asked.
    """
    return record_prepared(prepare_checked(drafts, by=by))


def prepare_checked(drafts: Sequence[Draft], *, by: Actor) -> Prepared:
    """Check `drafts` under today's catalog and make them ready, before the transaction in which they are recorded.

    Asks no permission: the action that calls it has asked, and asks again in the transaction.
    """
    known = catalog()
    return prepare(drafts, by=by, schema=known.digest, problems=body_problems(known, drafts))


def body_problems(known: Catalog, drafts: Sequence[Draft]) -> list[Problem]:
    """What the catalog finds wrong with bodies and sealed slots; of several drafts, a problem says which (from 1)."""
    found: list[Problem] = []
    for number, draft in enumerate(drafts, 1):
        problems = _problems(known, draft)
        found += problems if len(drafts) == 1 else [replace(one, where=f"{number}.{one.where}") for one in problems]
    return found


def _problems(known: Catalog, draft: Draft) -> list[Problem]:
    if draft.kind not in known.facts:
        return [unknown_kind(draft.kind)]
    return known.check_body(draft.kind, draft.body, {sealed.slot: sealed.text for sealed in draft.priv})


def unknown_kind(kind: str) -> Problem:
    """The Problem of a kind that the catalog does not define."""
    return Problem(
        "people.unknown_kind", f"没有“{kind}”这种记录。", f"There is no kind of record {kind}.", where="kind"
    )
