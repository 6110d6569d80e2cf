"""Places where a number belongs and none stands: 走访X户, 满意率xx%."""

from collections.abc import Iterator

from gangmu.reading.arithmetic.judge import text_of
from gangmu.reading.values import Claim, Finding


def placeholders(claims: tuple[Claim, ...]) -> Iterator[Finding]:
    """A finding for every claim that is still to be filled in."""
    for claim in claims:
        if claim.placeholder:
            said = text_of(claim)
            yield Finding(
                "placeholder", "placeholder", (claim.span,), None, None,
                f"“{said}”还没有填上数。", f"“{said}” still waits for its number.", claim.span,
            )  # fmt: skip
