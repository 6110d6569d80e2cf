"""Envelope v1: the one canonical byte string of a fact, and the way back from it.

Written once, stored verbatim, hashed as it stands. Reading it back never re-serialises anything.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from gangmu.kernel.canon import Json, check, in_order
from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import FactId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Fact, Ref

VERSION = 1
LARGEST = 16 * 1024
RECEIVED = b'"received":""'  # before anybody knows when
STAMP = 24  # characters

Envelope = dict[str, Any]


class Halves(NamedTuple):
    """The canonical bytes of a fact but for the moment of its arrival, which stands between them (see `whole`).

    `body` are those of its body alone, as text.
    """

    before: bytes
    after: bytes
    body: str

    @property
    def size(self) -> int:
        """Of the whole, in bytes."""
        return len(self.before) + STAMP + len(self.after)

    def whole(self, received: str) -> bytes:
        """The bytes of the fact that arrived at this stamp."""
        return b"%b%b%b" % (self.before, received.encode(), self.after)


def halves(
    draft: Draft,
    fact_id: FactId,
    nonce: str,
    commitments: list[tuple[str, str, str]],
    *,
    log: str,
    by: Actor,
    schema: str,
) -> Halves:
    """The envelope of `draft`; `nonce` are 128 random bits, `commitments` (subject, slot, commitment) of sealed slots.

    Its keys stand in the order of the canonical bytes already, so that nobody need look for it.
    Raises canon.NotCanonical when the body lies outside the profile (everything else here is inside by rules.check).
    """
    body = dict(draft.body)
    check(body, "body")
    ordered = in_order(body)
    found = {
        "about": draft.about,
        "actor": by.account,
        "body": ordered,
        "claimed": {"from": stamp(draft.claimed_from), "to": stamp(draft.claimed_to)},
        "files": [],
        "id": fact_id,
        "idem": draft.idem,
        "kind": draft.kind,
        "log": log,
        "nonce": nonce,
        "org": draft.org,
        "post": by.post,
        "priv": [_committed(draft, *commitment) for commitment in commitments],
        "received": "",
        "refs": [{"fact": ref.fact, "role": ref.role} for ref in draft.refs],
        "schema": schema,
        "v": VERSION,
    }
    before, _, after = to_json(found).rpartition(RECEIVED)  # what follows holds ids alone, so the last one is it
    return Halves(before + RECEIVED[:-1], RECEIVED[-1:] + after, to_json(ordered).decode())


def _committed(draft: Draft, subject: str, slot: str, commitment: str) -> Envelope:
    """A commitment names its subject only when that is not what the fact is about."""
    named = {} if subject == draft.about else {"subject": subject}
    return {"c": commitment, "slot": slot, **named}


def encode(value: Envelope | Mapping[str, Json]) -> bytes:
    """The canonical bytes of an envelope as `decode` gives it, or of its body."""
    return to_json(value)


def decode(entry: bytes) -> Envelope:
    """The envelope in stored bytes."""
    found = from_json(entry)
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise ValueError("these bytes are no envelope of version 1")
    return found


def fact_of(found: Envelope, leaf: bytes, *, seq: int | None = None, reversed_by: FactId | None = None) -> Fact:
    """The Fact an envelope holds."""
    return Fact(
        id=found["id"],
        kind=found["kind"],
        schema=found["schema"],
        org=found["org"],
        about=found["about"],
        actor=found["actor"],
        post=found["post"],
        claimed_from=from_stamp(found["claimed"]["from"]),
        claimed_to=from_stamp(found["claimed"]["to"]),
        received=from_stamp(found["received"]),
        body=found["body"],
        refs=tuple(Ref(ref["role"], ref["fact"]) for ref in found["refs"]),
        idem=found["idem"],
        slots=tuple(item["slot"] for item in found["priv"]),
        seq=seq,
        leaf=leaf.hex(),
        reversed_by=reversed_by,
    )
