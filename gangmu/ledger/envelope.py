"""Envelope v1: the one canonical byte string of a fact, and the way back from it.

Written once, stored verbatim, hashed as it stands. Reading it back never re-serialises anything.
"""

import json
import secrets
from datetime import datetime
from typing import Any

from gangmu.kernel.canon import check
from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import FactId
from gangmu.kernel.scope import Actor
from gangmu.ledger.facts import Draft, Fact, Ref

VERSION = 1
LARGEST = 16 * 1024
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

Envelope = dict[str, Any]


def envelope(
    draft: Draft,
    fact_id: FactId,
    commitments: list[tuple[str, str, str]],
    *,
    log: str,
    by: Actor,
    schema: str,
    received: datetime,
) -> Envelope:
    """The envelope of `draft`; `commitments` are (subject, slot, commitment) of its sealed slots.

    Raises canon.NotCanonical when the body lies outside the profile (everything else here is inside by rules.check).
    """
    body = dict(draft.body)
    check(body, "body")
    return {
        "v": VERSION,
        "log": log,
        "id": fact_id,
        "nonce": secrets.token_hex(16),
        "kind": draft.kind,
        "schema": schema,
        "org": draft.org,
        "about": draft.about,
        "actor": by.account,
        "post": by.post,
        "claimed": {"from": stamp(draft.claimed_from), "to": stamp(draft.claimed_to)},
        "received": stamp(received),
        "body": body,
        "priv": [_committed(draft, *commitment) for commitment in commitments],
        "files": [],
        "refs": [{"role": ref.role, "fact": ref.fact} for ref in draft.refs],
        "idem": draft.idem,
    }


def _committed(draft: Draft, subject: str, slot: str, commitment: str) -> Envelope:
    """A commitment names its subject only when that is not what the fact is about."""
    named = {} if subject == draft.about else {"subject": subject}
    return {"slot": slot, "c": commitment, **named}


def encode(value: Envelope) -> bytes:
    """The canonical bytes of an envelope whose parts have been checked."""
    return _encode(value).encode()


def decode(entry: bytes) -> Envelope:
    """The envelope in stored bytes."""
    found = json.loads(entry)
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
