"""Heads as somebody outside has them: every checkpoint that was ever signed must be one of the log's pasts."""

import base64
from collections.abc import Callable


def note_heads(keep: Callable[[str], object]) -> None:
    """Hand a copy of every checkpoint this process signs to `keep`, as somebody outside would have it."""
    from gangmu.ledger.note import Signer

    sign = Signer.note

    def sign_and_note(self: Signer, text: str) -> str:
        signature = sign(self, text)
        keep(text.replace("\n", " "))
        return signature

    Signer.note = sign_and_note  # type: ignore[method-assign]


def forks(signed: list[str]) -> int:
    """Signed heads that are not the root of the log at their size: every head ever signed must be one of its pasts."""
    from gangmu.ledger import stored

    told = {(int(size), root) for _, size, root, *_ in (text.split() for text in signed)}
    return sum(base64.b64decode(root) != stored.root_by_tiles(size) for size, root in told)
