"""Readings as the JSON records of the guideline's §2."""

from collections.abc import Iterator
from decimal import Decimal

from gangmu.reading.values import Body, Claim, Heading, Reading


def claim_record(doc: str, claim: Claim) -> dict[str, object]:
    """All keys of the guideline; `value_max` only for a range."""
    record: dict[str, object] = {
        "doc": doc, "start": claim.span.start, "end": claim.span.end, "text": claim.text, "kind": claim.kind,
        "value": number(claim.value), "unit": claim.unit, "approx": claim.approx, "placeholder": claim.placeholder,
        "subject": claim.subject, "action": claim.action, "group": claim.group,
    }  # fmt: skip
    if claim.value_max is not None:
        record["value_max"] = number(claim.value_max)
    return record


def heading_record(doc: str, heading: Heading) -> dict[str, object]:
    """One title, heading or running point."""
    return {
        "doc": doc, "start": heading.span.start, "end": heading.span.end, "level": heading.level,
        "marker": heading.marker, "title": heading.title,
    }  # fmt: skip


def body_record(doc: str, body: Body) -> dict[str, object]:
    """Where the document begins and ends; `noise` only where there is some."""
    record: dict[str, object] = {
        "doc": doc, "body_start": body.span.start, "body_end": body.span.end, "truncated": body.truncated,
    }  # fmt: skip
    if body.noise:
        record["noise"] = [list(span) for span in body.noise]
    return record


def number(value: Decimal | None) -> int | float | None:
    """An integer where it is whole, else a float of at most four decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else round(float(value), 4)


def claim_records(reading: Reading) -> Iterator[dict[str, object]]:
    """The claims of a reading in text order."""
    return (claim_record(reading.source.doc, claim) for claim in reading.claims)


def outline_records(reading: Reading) -> Iterator[dict[str, object]]:
    """The headings of a reading in text order."""
    return (heading_record(reading.source.doc, heading) for heading in reading.outline)


def body_records(reading: Reading) -> Iterator[dict[str, object]]:
    """The one body of a reading."""
    return iter((body_record(reading.source.doc, reading.body),))
