"""The log as a folder of static files, C2SP tlog-tiles: checkpoint, tiles, entry bundles, and the log's public key.

The folder is what a whole-log auditor takes away: entries hold opaque ids and commitments, still they are for
auditors only. Tiles and checkpoint may be published.
"""

from collections.abc import Iterator
from pathlib import Path

from gangmu.kernel.problems import Refused
from gangmu.ledger import keys, rules, stored, tiles
from gangmu.ledger.stored import Head

KEY_FILE = "log.vkey"
CHECKPOINT_FILE = "checkpoint"


def export(folder: Path) -> Head:
    """Write the log as far as its newest head into `folder` (new or empty). Raises Refused when it is not.

    The checkpoint is written last: a folder without one was not finished.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused([rules.folder_not_empty(folder.name)])
    head = stored.head()
    if head is None:
        raise Refused([rules.nothing_signed()])
    for path, content in files(head):  # what lies under a signed head never changes, so no transaction is needed
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return head


def files(head: Head) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every file of the export at `head`, the checkpoint last."""
    for tile in tiles.tiles_of(head.size):
        yield tile.path, stored.tile(tile)
    for n, width in tiles.bundles_of(head.size):
        yield tiles.bundle_path(n, width), stored.bundle(n, width)
    yield KEY_FILE, keys.log_verifier().text.encode() + b"\n"
    yield CHECKPOINT_FILE, head.note.encode()
