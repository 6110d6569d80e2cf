"""Short ways to read a sentence in these tests."""

from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Claim, Format, Reading, Source


def reading(text: str, form: Format = "txt") -> Reading:
    return read_all(Source("文.txt", text, form))


def claims(text: str, form: Format = "txt") -> tuple[Claim, ...]:
    return reading(text, form).claims


def spans(text: str, form: Format = "txt") -> list[str]:
    return [claim.text for claim in claims(text, form)]


def only(text: str, form: Format = "txt") -> Claim:
    found = claims(text, form)
    assert len(found) == 1, [claim.text for claim in found]
    return found[0]
