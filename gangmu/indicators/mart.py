"""The mart: facts sealed from the ledger into immutable Parquet segments [a, b), listed in a manifest.

A segment's logical digest is over its rows in canonical form, so it stays the same whichever version of Parquet wrote
the file; the file's own digest says quickly that the bytes are those that were sealed. Only files that the manifest
lists, and whose digest holds, are ever read.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from gangmu.indicators.incoming import INCOMING
from gangmu.kernel.canon import canonical
from gangmu.kernel.problems import Problem, Unusable

FORMAT = 1
DUE = 4096  # so many numbered facts make a new segment
LARGEST = 262_144  # and no segment is larger
ROWS_AT_ONCE = 16_384  # so many rows of a segment can be read without the others

Rows = Callable[[int, int], pa.Table]  # the facts numbered [a, b), as the ledger publishes them


@dataclass(frozen=True, slots=True)
class Segment:
    """The facts numbered a … b−1: `rows` of them, in `file`, with both digests."""

    a: int
    b: int
    rows: int
    logical_digest: str
    file: str
    file_digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The segments, in order and without gaps, from `first`: 0, the ledger's first fact, or below (see `lay`)."""

    segments: tuple[Segment, ...] = ()

    @property
    def first(self) -> int:
        return self.segments[0].a if self.segments else 0

    @property
    def end(self) -> int:
        return self.segments[-1].b if self.segments else 0

    @property
    def digest(self) -> str:
        """One name for all that is sealed, whatever files hold it."""
        told = "\n".join(f"{one.a} {one.b} {one.rows} {one.logical_digest}" for one in self.segments)
        return hashlib.sha256(told.encode()).hexdigest()


def folder() -> Path:
    """Where this installation keeps the mart of its database: one folder each, so that no two share segments."""
    database = "\n".join(str(connection.settings_dict[part]) for part in ("ENGINE", "HOST", "PORT", "NAME"))
    return Path(settings.VAR) / "mart" / hashlib.sha256(database.encode()).hexdigest()[:16]


def read(place: Path) -> Manifest:
    """The manifest of a mart; an empty one where nothing was sealed. Raises Unusable if it cannot be read."""
    path = place / "manifest.json"
    try:
        told = json.loads(path.read_bytes())
        manifest = Manifest(tuple(Segment(**one) for one in told["segments"]))
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError):
        raise _unusable(path, "清单读不出来", "the manifest cannot be read") from None
    ends = [min(manifest.first, 0), *(one.b for one in manifest.segments)]
    gaps = any(one.a != end for one, end in zip(manifest.segments, ends, strict=False))
    if told.get("format") != FORMAT or gaps or manifest.end < 0:
        raise _unusable(path, "清单不连续或格式不对", "the manifest has gaps or another format")
    return manifest


def table(place: Path, segment: Segment) -> pa.Table:
    """The facts of a segment. Raises Unusable when the file is missing or not the one that was sealed."""
    path = place / segment.file
    try:
        content = path.read_bytes()
    except OSError:
        raise _unusable(path, "分段文件不见了", "the segment's file is missing") from None
    if hashlib.sha256(content).hexdigest() != segment.file_digest:
        raise _unusable(path, "分段文件和封存时不一样", "the segment's file is not what was sealed")
    return pq.read_table(pa.BufferReader(content), schema=INCOMING)


def seal(place: Path, a: int, b: int, rows_of: Rows) -> Segment:
    """Write the segment [a, b) and list it; the manifest changes in one step or not at all.

    Raises Unusable when the rows are not exactly those numbered a … b−1, or a is not where the manifest ends.
    """
    manifest = read(place)
    facts = rows_of(a, b).select(INCOMING.names).cast(INCOMING).sort_by("seq")
    if manifest.end != a or facts["seq"].to_pylist() != list(range(a, b)):
        raise _unusable(place, f"封存[{a},{b})时行数不对", f"sealing [{a},{b}) found other rows")
    segment = _put(place, a, facts)
    _list(place, (*manifest.segments, segment))
    return segment


def lay(place: Path, tables: Iterable[pa.Table], first: int) -> Manifest:
    """Write facts that never were in the ledger straight into segments, numbered from `first` below 0 up to 0.

    For cities made to measure with. Raises Unusable when anything was sealed before, or numbers do not follow.
    """
    segments: list[Segment] = []
    if read(place).segments:
        raise _unusable(place, "已经有封存的事实", "facts were sealed here before")
    for facts in tables:
        a = segments[-1].b if segments else first
        if facts["seq"][0].as_py() != a or facts["seq"][-1].as_py() != a + facts.num_rows - 1:
            raise _unusable(place, f"从{a}起编号不连续", f"numbers do not follow from {a}")
        segments.append(_put(place, a, facts))
    if segments and segments[-1].b:
        raise _unusable(place, "编号没有到0为止", "numbers do not end before 0")
    _list(place, tuple(segments))
    return Manifest(tuple(segments))


def _put(place: Path, a: int, facts: pa.Table) -> Segment:
    """Write a segment's file, which nobody reads before it is listed."""
    place.mkdir(parents=True, exist_ok=True)
    b = a + facts.num_rows
    name = f"facts-{a:010d}-{b:010d}.parquet"
    sink = pa.BufferOutputStream()
    pq.write_table(facts, sink, compression="zstd", row_group_size=ROWS_AT_ONCE)
    content = sink.getvalue().to_pybytes()
    _write(place / name, content)
    return Segment(a, b, facts.num_rows, logical_digest(facts), name, hashlib.sha256(content).hexdigest())


def _list(place: Path, segments: tuple[Segment, ...]) -> None:
    listed = {"format": FORMAT, "segments": [asdict(one) for one in segments]}
    _write(place / "manifest.json", json.dumps(listed, indent=1).encode())


def seal_up_to(place: Path, size: int, rows_of: Rows, *, due: int = DUE) -> list[Segment]:
    """Seal what is numbered but not sealed, once `due` facts wait; the segments sealed."""
    sealed: list[Segment] = []
    start = read(place).end
    while size - start >= due:
        end = min(size, start + LARGEST)
        sealed.append(seal(place, start, end, rows_of))
        start = end
    return sealed


def seal_when_due() -> list[Segment]:
    """The worker's turn: seal this installation's new facts when there are enough of them."""
    from gangmu.ledger import queries, relations

    return seal_up_to(folder(), queries.size(), relations.fact_rows)


def verify(place: Path) -> Manifest:
    """Read every segment and recompute both digests. Raises Unusable at the first that does not hold."""
    manifest = read(place)
    for segment in manifest.segments:
        facts = table(place, segment)
        if facts.num_rows != segment.rows or logical_digest(facts) != segment.logical_digest:
            raise _unusable(place / segment.file, "分段内容的摘要不符", "the segment's rows are not those sealed")
    return manifest


def logical_digest(facts: pa.Table) -> str:
    """SHA-256 over the rows, each as a canonical JSON line, in the order of their numbers."""
    found = hashlib.sha256()
    for line in _lines(facts):
        found.update(line)
    return found.hexdigest()


def _lines(facts: pa.Table) -> Iterator[pa.Buffer]:
    """The rows as canonical JSON, each ended by a line feed; columns at a time, for rows are very many."""
    for batch in facts.to_batches(max_chunksize=ROWS_AT_ONCE):
        cells = [_named(name, batch[name]) for name in sorted(batch.schema.names)]
        inside = pc.binary_join_element_wise(*cells, ",")
        lines = pc.binary_join_element_wise("{", inside, "}\n", "").cast(pa.large_string())
        yield lines.buffers()[2] or pa.py_buffer(b"")


def _named(name: str, column: pa.Array) -> pa.Array:
    """One member of each row: "name":value."""
    if pa.types.is_integer(column.type):
        values = column.cast(pa.string())
    else:
        texts = column.cast(pa.string())
        if pc.any(pc.match_substring_regex(texts, "[\\x00-\\x1f]")).as_py():
            texts = pa.array([None if one is None else canonical(one).decode()[1:-1] for one in texts.to_pylist()])
        else:
            texts = pc.replace_substring(pc.replace_substring(texts, "\\", "\\\\"), '"', '\\"')
        values = pc.binary_join_element_wise('"', texts, '"', "")
    return pc.binary_join_element_wise(f'"{name}":', pc.fill_null(values, "null"), "")


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    draft = path.with_suffix(path.suffix + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unusable(path: Path, zh: str, en: str) -> Unusable:
    message = f"数据集市：{zh}。删掉 {path.parent} 后会从台账重新封存。"
    english = f"Mart: {en}. Remove {path.parent}; it is sealed anew from the ledger."
    return Unusable(Problem("mart.unusable", message, english, where=str(path)))
