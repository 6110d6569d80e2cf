"""Keeping a document for its owner, aiming it at a unit and days, and remembering what a wording means."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import transaction

from gangmu.catalog.current import catalog
from gangmu.documents import models
from gangmu.documents.binding import digest
from gangmu.documents.queries import no_such_document
from gangmu.indicators.questions import question
from gangmu.kernel import clock
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.periods import Period
from gangmu.kernel.scope import Actor
from gangmu.ledger import handed_in
from gangmu.ledger.facts import Draft, Receipt, Sealed
from gangmu.orgs.permissions import Permission, require
from gangmu.people.intake import record_checked
from gangmu.reading.values import Source

LONGEST_WORDING = 400


@transaction.atomic
def keep(source: Source, org: OrgId | None, period: Period | None, *, counts: Mapping[str, int], by: Actor) -> str:
    """Keep a document for its owner, encrypted; returns its id. Raises NotFound, Refused without the permission."""
    require(by, Permission.CHECK_DOCUMENTS, org)
    _shred_what_is_owed()
    document = new_id()
    name, text = (handed_in.sealed(document, slot, words) for slot, words in
                  ((handed_in.NAME, source.doc), (handed_in.TEXT, source.text)))  # fmt: skip
    models.Draft.objects.create(
        id=document, account=by.account, form=source.format, counts=dict(counts), checked=clock.now(),
        name_salt=name.salt, name=name.ct, text_salt=text.salt, text=text.ct, **_aim(org, period),
        headings=[list(each) for each in source.headings],
    )  # fmt: skip
    return document


def aim(document: str, org: OrgId | None, period: Period | None, *, counts: Mapping[str, int], by: Actor) -> None:
    """Hold the document against another unit or other days from now on. Raises NotFound, Refused."""
    require(by, Permission.CHECK_DOCUMENTS, org)
    mine = models.Draft.objects.filter(id=document, account=by.account)
    if not mine.update(counts=dict(counts), checked=clock.now(), **_aim(org, period)):
        raise no_such_document()


@transaction.atomic
def discard(document: str, *, by: Actor) -> None:
    """Delete the document, text and all, and its key. Raises NotFound where there is none or it is another's.

    The key goes when the row is gone for good: a row without its key would be a document that nobody can open. Where
    a crash has come between the two, the next document that is kept or discarded makes up for it.
    """
    _shred_what_is_owed()
    deleted, _ = models.Draft.objects.filter(id=document, account=by.account).delete()
    if not deleted:
        raise no_such_document()
    handed_in.owe_shredding(document)
    transaction.on_commit(partial(handed_in.shred, document))


def _shred_what_is_owed() -> None:
    """Destroy the keys of documents whose rows went without them. A row that is there keeps its key."""
    owed = handed_in.to_be_shredded()
    there = set(models.Draft.objects.filter(id__in=owed).values_list("id", flat=True)) if owed else set()
    for document in owed:
        if document not in there:
            handed_in.shred(document)


@transaction.atomic
def bind_claim(called: str, key: str, org: OrgId, *, by: Actor, at: date, idem: str) -> Receipt:
    """Remember that a wording (binding.phrase) means the question `key`, for the unit and all under it.

    Raises NotFound for a unit out of scope or an unknown indicator, Refused for tags it does not offer.
    """
    require(by, Permission.BIND_CLAIMS, org)
    asked = question(key, at, catalog())
    body = {"phrase": digest(called), "indicator": asked.definition.key}
    if asked.selection:
        body["selection"] = ",".join(asked.selection)
    moment = clock.local_moment(at)
    wording = Sealed("wording", called[:LONGEST_WORDING])
    return record_checked([Draft("claim.bound", org, body, moment, moment, idem, priv=(wording,))], by=by)[0]


def _aim(org: OrgId | None, period: Period | None) -> dict[str, object]:
    return {
        "org": org or "",
        "first_day": period.start if period else None,
        "last_day": period.end if period else None,
    }
