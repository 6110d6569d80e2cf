"""Taking facts in: from checked drafts to the outbox, the request keys, the vault and the projections."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, Self

from django.conf import settings

from gangmu.kernel.canon import NotCanonical, canonical, check
from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import FactId, new_ids
from gangmu.kernel.problems import Refused, Unusable
from gangmu.kernel.scope import Actor
from gangmu.ledger import engine, envelope, index, keys, projections, queries, rules, subject_keys, vault
from gangmu.ledger.facts import CLOSED, REVERSE, Draft, Fact
from gangmu.ledger.tree import leaf_hash

# One stamp never stands on both sides of a closing, nor on the closing and another fact: see engine.arrival_sql.
APART, AFTER_CLOSING = "1 = 1", f"kind = '{CLOSED}'"


class Taken(NamedTuple):
    """A fact the ledger holds: just taken in, or found under the same request key."""

    id: FactId
    leaf: bytes
    received: datetime
    repeated: bool


class Ready(NamedTuple):
    """A draft as it will be recorded, but for the moment of its arrival."""

    draft: Draft
    id: FactId
    halves: envelope.Halves
    cells: index.Cells  # of its row in the index
    sealed: list[vault.SealedValue]


class Arrived(NamedTuple):
    """A fact with the moment of its arrival, and so with its bytes and their leaf."""

    ready: Ready
    received: datetime
    entry: bytes
    leaf: bytes

    @classmethod
    def at(cls, one: Ready, received: str) -> Self:
        """What `one` is when it arrives at this stamp."""
        entry = one.halves.whole(received)
        return cls(one, from_stamp(received), entry, leaf_hash(entry))


def prepare(drafts: Sequence[Draft], *, by: Actor, schema: str) -> dict[str, Ready]:
    """Draw the ids, seal, and write the canonical bytes of drafts that `rules.check` let pass, by their request keys.

    Nothing of it needs the transaction in which they are taken in, during which nobody else writes; what was sealed
    for a fact that is on record already, or is refused later, opens nothing. Raises Refused where one has no canonical
    form or is too large; Unusable where the key folder is not that of what has been sealed before.
    """
    _refuse_lost_keys(drafts)
    firsts: dict[str, Draft] = {}
    for draft in drafts:
        firsts.setdefault(draft.idem, draft)
    ids, own_keys = _first_ids(firsts)
    subject_key = _keys_of_all(firsts, ids, own_keys)
    log, ready = keys.log_origin(), dict[str, Ready]()
    for (idem, draft), nonce in zip(firsts.items(), new_ids(len(firsts)), strict=True):
        fact_id = ids[idem]
        try:
            sealed, commitments = _seal(subject_key, draft, fact_id) if draft.priv else ([], [])
            halves = envelope.halves(draft, fact_id, nonce, commitments, log=log, by=by, schema=schema)
        except NotCanonical as error:
            raise Refused([rules.not_canonical(str(error))]) from None
        if problems := rules.too_large(halves.size, envelope.LARGEST):
            raise Refused(problems)
        slots = [slot for _, slot, _ in commitments]
        cells = index.told_cells(fact_id, draft, halves.body, slots, schema=schema, actor=by.account, post=by.post)
        ready[idem] = Ready(draft, fact_id, halves, cells, sealed)
    return ready


def take_in(drafts: Sequence[Draft], ready: Mapping[str, Ready], *, by: Actor) -> list[Taken]:
    """Write `drafts`, which `prepare` has made ready, and fold them. To be called inside a transaction.

    All of them arrive at one moment, so a closing comes alone. Raises Refused.
    """
    closing = drafts[0].kind == CLOSED
    if closing:
        engine.wait_for_writers()
    ids = {draft.idem: ready[draft.idem].id for draft in drafts}
    received, ours = _claim(by, ids, APART if closing else AFTER_CLOSING)
    arrived: list[Arrived] = []
    if received:
        fresh = [ready[idem] for idem in ids if idem in ours]
        _refuse_unknown_refs(fresh)
        arrived = [Arrived.at(one, stamp(received)) for one in fresh]
        write(arrived, stamp(received))
        _fold(arrived)
    return _answers(drafts, by, arrived)


def _fold(arrived: Sequence[Arrived]) -> None:
    """Hand what has arrived to the projections; a Fact is made of what one of them asks for, which is seldom."""
    asking = (index.CLOSINGS, *projections.installed())
    kinds = {kind for kind in {one.ready.draft.kind for one in arrived} if projections.asks_for(asking, kind)}
    wanted = (one for one in arrived if one.ready.draft.kind in kinds)
    projections.fold(asking, [envelope.fact_of(envelope.decode(one.entry), one.leaf) for one in wanted])


def _refuse_lost_keys(drafts: Sequence[Draft]) -> None:
    """Keys are made at first use. Made again, they would open nothing that was sealed and prove no receipt given."""
    if any(draft.priv for draft in drafts) and _lost(("kek",), "ledger_vault"):
        raise Unusable(rules.not_this_logs_folder(settings.KEYS, "kek"))
    if _lost(("receipt.key", "log.vkey"), "ledger_head"):
        raise Unusable(rules.not_this_logs_folder(settings.KEYS, "receipt.key"))


def _lost(names: Sequence[str], used: str) -> bool:
    """Whether none of these keys is there although the table `used` has rows that one of them made.

    Looked for once more after the rows were seen: the first fact may be arriving beside us, key and rows together.
    """
    return not any(map(keys.holds, names)) and _any(used) and not any(map(keys.holds, names))


def _any(table: str) -> bool:
    return engine.one(f"SELECT 1 FROM {table} LIMIT 1") is not None  # noqa: S608 - our own names


def _first_ids(firsts: Mapping[str, Draft]) -> tuple[dict[str, FactId], Mapping[str, bytes]]:
    """An id for each request key, and the keys of those that are new subjects.

    A fact that seals for itself is its own subject, so its id is that of a subject whose key is on disk already.
    """
    own = {idem for idem, draft in firsts.items() if _seals_for_itself(draft)}
    own_keys = subject_keys.new_subjects(len(own))
    subjects, others = iter(own_keys), iter(sorted(new_ids(len(firsts) - len(own))))  # an index takes them quicker so
    ids = {idem: draft.fact_id or FactId(next(subjects if idem in own else others)) for idem, draft in firsts.items()}
    return ids, own_keys


def _keys_of_all(
    firsts: Mapping[str, Draft], ids: Mapping[str, FactId], own_keys: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """The key of every subject for which one of the drafts seals."""
    sealing = ((draft, ids[idem]) for idem, draft in firsts.items() if draft.priv)
    others = {subject for draft, fact_id in sealing for subject, _, _ in _slots(draft, fact_id)} - own_keys.keys()
    return {**own_keys, **subject_keys.keys_for(others)} if others else own_keys


def _seals_for_itself(draft: Draft) -> bool:
    return draft.about is None and draft.fact_id is None and any(sealed.subject is None for sealed in draft.priv)


def _claim(by: Actor, ids: dict[str, FactId], apart: str) -> tuple[datetime | None, frozenset[str]]:
    """Take the request keys that nobody has: the moment of their arrival, and which are ours. One statement.

    The moment is the database's clock, but never before that of the newest fact on record: a clock that was set back
    does not date what comes later before what came earlier; for `apart` see engine.arrival_sql. A key that another
    transaction is taking at this moment is waited for.
    """
    values = tuple(value for idem, fact_id in ids.items() for value in (by.account, idem, fact_id))
    found = engine.straight(_claim_sql(engine.arrival_sql(apart), len(ids)), values)
    return (from_stamp(found[0][1]) if found else None), frozenset(idem for idem, _ in found)


@lru_cache
def _claim_sql(now: str, count: int) -> str:
    marks = ", ".join(["(%s, %s, %s)"] * count)
    return (
        f"INSERT INTO ledger_idem (actor, idem, entry_id) VALUES {marks} "  # noqa: S608 - our own words
        f"ON CONFLICT DO NOTHING RETURNING idem, {now}"
    )


def _refuse_unknown_refs(fresh: Sequence[Ready]) -> None:
    """Facts point to earlier facts only: those on record, or those before them in this list."""
    earlier: set[str] = set()
    outside = []
    for one in fresh:
        outside += [ref for ref in one.draft.refs if ref.fact not in earlier]
        earlier.add(one.id)
    if outside:
        condition, parameter = engine.among("id", {ref.fact for ref in outside})
        known = {row[0] for row in engine.rows(f"SELECT id FROM ledger_fact WHERE {condition}", (parameter,))}  # noqa: S608
        if missing := [ref for ref in outside if ref.fact not in known]:
            raise Refused(rules.unknown_refs(missing))


def _slots(draft: Draft, fact_id: FactId) -> list[tuple[str, str, str]]:
    """(subject, slot, text) of each sealed slot: it belongs to what the fact is about unless it says otherwise."""
    return [(sealed.subject or draft.about or fact_id, sealed.slot, sealed.text) for sealed in draft.priv]


def _seal(
    subject_key: Mapping[str, bytes], draft: Draft, fact_id: FactId
) -> tuple[list[vault.SealedValue], list[tuple[str, str, str]]]:
    """The rows for the vault and the commitments for the envelope."""
    sealed, commitments = [], []
    for subject, slot, text in _slots(draft, fact_id):
        check(text, slot)
        value = vault.seal(subject_key[subject], subject, slot, fact_id, text)
        sealed.append(value)
        commitments.append((subject, slot, vault.commitment(value.salt, text)))
    return sealed, commitments


def write(arrived: Sequence[Arrived], received: str) -> None:
    """Put facts that arrived at this stamp into the outbox, the vault and the index."""
    outbox = [(one.ready.id, one.leaf, one.entry, received) for one in arrived]
    sealed = sorted(vault_row(value) for one in arrived for value in one.ready.sealed)  # as their table lies
    rows = [
        one.ready.cells + index.arrival_cells(one.leaf, one.ready.draft.claimed_to, one.received) for one in arrived
    ]
    engine.insert_together(
        ("ledger_intake", ("id", "leaf", "bytes", "received"), outbox),
        ("ledger_vault", ("subject", "slot", "version", "salt", "ct"), sealed),
        index.inserted(rows),
    )


def vault_row(value: vault.SealedValue) -> tuple[str, str, str, bytes, bytes]:
    """A sealed value as the columns of the vault have it."""
    return value.subject, value.slot, value.version, value.salt, value.ct


def _answers(drafts: Sequence[Draft], by: Actor, arrived: Sequence[Arrived]) -> list[Taken]:
    """One answer a draft, in order; a request key met again answers with the first fact, if it is the same request."""
    new = {one.ready.draft.idem: Taken(one.ready.id, one.leaf, one.received, False) for one in arrived}
    answers = [new.pop(draft.idem, None) for draft in drafts]
    known = _recorded(by, {draft.idem for draft, found in zip(drafts, answers, strict=True) if found is None})
    return [found or _answer_again(draft, known[draft.idem]) for draft, found in zip(drafts, answers, strict=True)]


def _answer_again(draft: Draft, fact: Fact) -> Taken:
    if not _same_request(draft, fact):
        raise Refused([rules.idem_reused()])
    return Taken(fact.id, bytes.fromhex(fact.leaf), fact.received, repeated=True)


def _recorded(by: Actor, idems: set[str]) -> dict[str, Fact]:
    """The facts this actor recorded under these request keys."""
    if not idems:
        return {}
    condition, parameter = engine.among("idem", idems)
    sql = f"SELECT entry_id FROM ledger_idem WHERE actor = %s AND {condition}"  # noqa: S608 - our own words
    ids = [FactId(row[0]) for row in engine.rows(sql, (by.account, parameter))]
    return {fact.idem: fact for fact in queries.facts_by_id(ids)}


def _same_request(draft: Draft, fact: Fact) -> bool:
    """Whether sending `draft` again would record `fact` again. A reversal or closing happens when it is asked for."""
    if (draft.kind, draft.org, draft.about, draft.refs) != (fact.kind, fact.org, fact.about, fact.refs):
        return False
    times = (stamp(draft.claimed_from), stamp(draft.claimed_to))
    if fact.kind not in (REVERSE, CLOSED) and times != (stamp(fact.claimed_from), stamp(fact.claimed_to)):
        return False
    return canonical(dict(draft.body)) == canonical(dict(fact.body))
