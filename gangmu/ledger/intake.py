"""Taking facts in: from checked drafts to the outbox, the request keys, the vault and the projections."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from gangmu.kernel.canon import NotCanonical, canonical
from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import FactId, new_id
from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine, envelope, index, keys, projections, queries, rules, subject_keys, vault
from gangmu.ledger.facts import REVERSE, Draft, Fact
from gangmu.ledger.tree import leaf_hash


class Taken(NamedTuple):
    """A fact the ledger holds: just taken in, or found under the same request key."""

    id: FactId
    leaf: bytes
    received: datetime
    repeated: bool


class _Prepared(NamedTuple):
    fact: Fact
    entry: bytes
    leaf: bytes
    sealed: list[vault.SealedValue]


def take_in(drafts: Sequence[Draft], *, by: Actor, schema: str) -> list[Taken] | None:
    """Write `drafts` and fold them; None when another transaction took one of the request keys meanwhile.

    To be called inside a transaction, with drafts that `rules.check` let pass. Raises Refused.
    """
    received, recorded = _look_up(by, [draft.idem for draft in drafts])
    fresh = _first_of_each(draft for draft in drafts if draft.idem not in recorded)
    _refuse_unknown_refs(fresh)
    prepared = _prepare(fresh, by=by, schema=schema, received=received)
    if not _write(prepared, by):
        return None
    facts = [item.fact for item in prepared]
    projections.fold((*index.OWN, *projections.installed()), facts)
    return _answers(drafts, recorded, prepared)


def _look_up(by: Actor, idems: list[str]) -> tuple[datetime, dict[str, FactId]]:
    """The database's clock, and the facts already recorded under these request keys: one query."""
    condition, parameter = engine.among("i.idem", idems)
    found = engine.rows(
        f"SELECT c.at, i.idem, i.entry_id FROM (SELECT {engine.now_sql()} AS at) c "  # noqa: S608 - our own words
        f"LEFT JOIN ledger_idem i ON i.actor = %s AND {condition}",
        (by.account, parameter),
    )
    return from_stamp(found[0][0]), {idem: FactId(entry) for _, idem, entry in found if idem is not None}


def _first_of_each(drafts: Iterable[Draft]) -> list[Draft]:
    first: dict[str, Draft] = {}
    for draft in drafts:
        first.setdefault(draft.idem, draft)
    return list(first.values())


def _refuse_unknown_refs(drafts: list[Draft]) -> None:
    """Facts point to earlier facts only: those on record, or those before them in this list."""
    earlier: set[str] = set()
    outside = []
    for draft in drafts:
        outside += [ref for ref in draft.refs if ref.fact not in earlier]
        if draft.fact_id:
            earlier.add(draft.fact_id)
    if outside:
        condition, parameter = engine.among("id", {ref.fact for ref in outside})
        known = {row[0] for row in engine.rows(f"SELECT id FROM ledger_fact WHERE {condition}", (parameter,))}  # noqa: S608
        if missing := [ref for ref in outside if ref.fact not in known]:
            raise Refused(rules.unknown_refs(missing))


def _prepare(drafts: list[Draft], *, by: Actor, schema: str, received: datetime) -> list[_Prepared]:
    """Seal, commit and serialise each draft. Raises Refused when one has no canonical form or is too large."""
    log, ids = keys.log_origin(), [draft.fact_id or FactId(new_id()) for draft in drafts]
    slots = [
        [(sealed.subject or draft.about or fact_id, sealed.slot, sealed.text) for sealed in draft.priv]
        for draft, fact_id in zip(drafts, ids, strict=True)
    ]
    subjects = {subject for of_one in slots for subject, _, _ in of_one}
    subject_key = subject_keys.keys_for(subjects) if subjects else {}
    prepared = []
    for draft, fact_id, of_one in zip(drafts, ids, slots, strict=True):
        try:
            sealed = [vault.seal(subject_key[subject], subject, slot, fact_id, text) for subject, slot, text in of_one]
            commitments = [
                (value.subject, value.slot, vault.commitment(value.salt, text))
                for value, (_, _, text) in zip(sealed, of_one, strict=True)
            ]
            found = envelope.envelope(draft, fact_id, commitments, log=log, by=by, schema=schema, received=received)
        except (NotCanonical, UnicodeEncodeError) as error:
            raise Refused([rules.not_canonical(str(error))]) from None
        entry = envelope.encode(found)
        if problems := rules.too_large(len(entry), envelope.LARGEST):
            raise Refused(problems)
        leaf = leaf_hash(entry)
        prepared.append(_Prepared(envelope.fact_of(found, leaf), entry, leaf, sealed))
    return prepared


def _write(prepared: list[_Prepared], by: Actor) -> bool:
    """Request keys first: they are the gate. False when one of them was taken by a transaction that won."""
    wanted = [(by.account, item.fact.idem, item.fact.id, item.leaf) for item in prepared]
    columns = ("actor", "idem", "entry_id", "leaf")
    if engine.insert("ledger_idem", columns, wanted, "ON CONFLICT DO NOTHING") < len(wanted):
        return False
    received = stamp(prepared[0].fact.received) if prepared else ""
    outbox = [(item.fact.id, item.leaf, item.entry, received) for item in prepared]
    engine.insert("ledger_intake", ("id", "leaf", "bytes", "received"), outbox)
    sealed = [
        (value.subject, value.slot, value.version, value.salt, value.ct) for item in prepared for value in item.sealed
    ]
    engine.insert("ledger_vault", ("subject", "slot", "version", "salt", "ct"), sealed)
    return True


def _answers(drafts: Sequence[Draft], recorded: dict[str, FactId], prepared: list[_Prepared]) -> list[Taken]:
    """One answer a draft, in order; a request key met again answers with the first fact, if it is the same request."""
    earlier = {fact.id: fact for fact in queries.facts_by_id(recorded.values())} if recorded else {}
    repeats = {idem: earlier[fact_id] for idem, fact_id in recorded.items()}
    new = {item.fact.idem: item.fact for item in prepared}
    answers = []
    for draft in drafts:
        fact = new.get(draft.idem)
        again = fact is None
        fact = fact or repeats[draft.idem]
        if again and not _same_request(draft, fact):
            raise Refused([rules.idem_reused()])
        answers.append(Taken(fact.id, bytes.fromhex(fact.leaf), fact.received, again))
        if not again:
            repeats[draft.idem] = new.pop(draft.idem)
    return answers


def _same_request(draft: Draft, fact: Fact) -> bool:
    """Whether sending `draft` again would record `fact` again. A reversal happens whenever it is asked for."""
    if (draft.kind, draft.org, draft.about, draft.refs) != (fact.kind, fact.org, fact.about, fact.refs):
        return False
    times = (stamp(draft.claimed_from), stamp(draft.claimed_to))
    if fact.kind != REVERSE and times != (stamp(fact.claimed_from), stamp(fact.claimed_to)):
        return False
    return canonical(dict(draft.body)) == canonical(dict(fact.body))
