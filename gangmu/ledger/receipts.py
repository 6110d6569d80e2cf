"""Intake receipts: a signed note that the ledger holds a leaf. Whoever keeps one can prove a fact was dropped.

gangmu.example/log
receipt
<fact id>
<leaf hash, base64>
<received>
in tree within 10 s

— gangmu.example/log/receipt <signature>
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from gangmu.kernel.clock import from_stamp, stamp
from gangmu.kernel.ids import FactId
from gangmu.ledger import keys
from gangmu.ledger.facts import Receipt
from gangmu.ledger.note import NotTrusted, Verifier, b64, open_note, unb64

PROMISE = "in tree within 10 s"


class Promise(NamedTuple):
    """What a receipt says, once its signature has been checked."""

    origin: str
    id: FactId
    leaf: bytes
    received: datetime


def issue(fact_id: FactId, leaf: bytes, received: datetime, *, repeated: bool = False) -> Receipt:
    """A receipt for a leaf taken in. The same leaf always gets the same signature, made when it is read."""
    return Receipt(fact_id, leaf.hex(), received, partial(_signature, fact_id, leaf, received), repeated)


def signed(receipt: Receipt) -> Receipt:
    """The receipt with its signature made now, ready to be handed out."""
    line = receipt.signature
    return replace(receipt, sign=lambda: line)


def _signature(fact_id: FactId, leaf: bytes, received: datetime) -> str:
    return keys.receipt_signer().line(_text(keys.log_origin(), fact_id, leaf, received))


def text(receipt: Receipt) -> str:
    """The whole receipt as a file to keep."""
    body = _text(keys.log_origin(), receipt.id, bytes.fromhex(receipt.leaf), receipt.received)
    return f"{body}\n{receipt.signature}\n"


def open_receipt(note: str, verifier: Verifier) -> Promise:
    """What the receipt promises. Raises NotTrusted when it is malformed or not signed by `verifier`."""
    body = open_note(note, (verifier,))
    lines = body.split("\n")
    if len(lines) != 7 or lines[1] != "receipt" or lines[5] != PROMISE or lines[6]:
        raise NotTrusted(
            "a receipt has six lines: origin, receipt, id, leaf, received, promise",
            "回执要有六行：名字、receipt、编号、指纹、时刻、承诺",
        )
    try:
        promise = Promise(lines[0], FactId(lines[2]), unb64(lines[3]), from_stamp(lines[4]))
    except NotTrusted:
        raise
    except ValueError as error:
        raise NotTrusted(str(error), "时刻的写法不合格式") from None
    if _text(promise.origin, promise.id, promise.leaf, promise.received) != body:
        raise NotTrusted("the receipt is not spelled as the format asks", "回执的写法不合格式")
    return promise


def _text(origin: str, fact_id: FactId, leaf: bytes, received: datetime) -> str:
    return f"{origin}\nreceipt\n{fact_id}\n{b64(leaf)}\n{stamp(received)}\n{PROMISE}\n"
