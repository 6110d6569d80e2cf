"""Sealed segments: exactly the facts numbered, provably unchanged, and the same figures as without them."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gangmu.indicators import mart, process, queries
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Unusable
from gangmu.ledger import actions as ledger
from gangmu.ledger import queries as ledger_queries
from gangmu.ledger import relations, sequencer
from tests.indicators.spec import fact, incoming

YEAR = Period.of_year(2025)
LECTURES = "activity.sessions[lecture]"


def rows(count: int):
    """A ledger of `count` facts, as its relation hands them out."""
    facts = [fact("deed.done", f"2025-01-{n % 28 + 1:02d}", n=n) for n in range(count)]
    table = incoming(facts)
    return lambda a, b: table.slice(a, b - a)


def test_segments_follow_each_other_without_gaps(own_mart):
    mart.seal(own_mart, 0, 3, rows(9))
    mart.seal(own_mart, 3, 9, rows(9))
    manifest = mart.verify(own_mart)
    assert [(one.a, one.b, one.rows) for one in manifest.segments] == [(0, 3, 3), (3, 9, 6)]
    assert manifest.end == 9


def test_a_gap_an_overlap_and_missing_rows_are_refused(own_mart):
    mart.seal(own_mart, 0, 3, rows(9))
    for a, b in ((4, 6), (2, 6), (3, 12)):
        with pytest.raises(Unusable, match="行数不对"):
            mart.seal(own_mart, a, b, rows(9))
    assert mart.read(own_mart).end == 3


def test_the_logical_digest_does_not_depend_on_how_parquet_wrote_the_file(own_mart):
    segment = mart.seal(own_mart, 0, 5, rows(5))
    again = pa.BufferOutputStream()
    pq.write_table(mart.table(own_mart, segment), again, compression="gzip", row_group_size=2)
    assert mart.logical_digest(pq.read_table(pa.BufferReader(again.getvalue()))) == segment.logical_digest
    other = incoming([fact("deed.done", "2025-01-01", n=1)])
    assert mart.logical_digest(other) != mart.logical_digest(incoming([fact("deed.done", "2025-01-01", n=2)]))


def test_a_segment_whose_bytes_changed_is_never_read(own_mart):
    segment = mart.seal(own_mart, 0, 5, rows(5))
    path = own_mart / segment.file
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Unusable, match="不一样"):
        mart.table(own_mart, segment)
    path.unlink()
    with pytest.raises(Unusable, match="不见了"):
        mart.table(own_mart, segment)


def test_a_file_that_is_not_in_the_manifest_is_not_read(own_mart):
    mart.seal(own_mart, 0, 5, rows(5))
    (own_mart / "facts-0000000005-0000000009.parquet").write_bytes(b"planted")
    assert [one.b for one in mart.verify(own_mart).segments] == [5]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 1}', '{"format": 1, "segments": [{"a": 0}]}', '{"format": 9, "segments": []}']
)
def test_a_broken_manifest_says_what_to_do(own_mart, text):
    own_mart.mkdir(parents=True)
    (own_mart / "manifest.json").write_text(text)
    with pytest.raises(Unusable, match="重新封存"):
        mart.read(own_mart)


def test_verify_finds_rows_that_were_changed_together_with_the_file_digest(own_mart):
    segment = mart.seal(own_mart, 0, 5, rows(5))
    other = mart.seal(own_mart.parent / "other", 0, 5, lambda a, b: incoming([fact("deed.done", "2025-02-02")] * 5))
    (own_mart / segment.file).write_bytes((own_mart.parent / "other" / other.file).read_bytes())
    listed = json.loads((own_mart / "manifest.json").read_text())
    listed["segments"][0]["file_digest"] = other.file_digest
    (own_mart / "manifest.json").write_text(json.dumps(listed))
    with pytest.raises(Unusable, match="摘要不符"):
        mart.verify(own_mart)


def test_nothing_is_sealed_before_enough_facts_wait(own_mart):
    assert mart.seal_up_to(own_mart, 9, rows(9), due=10) == []
    assert [one.b for one in mart.seal_up_to(own_mart, 9, rows(9), due=9)] == [9]


def test_figures_are_the_same_from_segments_from_the_tail_and_from_both(city, scope, record, own_mart):
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    gone = record("activity.held", "柳溪支部", "2025-02-02", tags=["lecture"])
    from_tail = queries.figure(scope, LECTURES, city.root, YEAR)
    sequencer.run_once()
    mart.seal(own_mart, 0, ledger_queries.size(), relations.fact_rows)
    process.forget()
    sealed = queries.figure(scope, LECTURES, city.root, YEAR)
    assert (sealed.value, sealed.ledger_size) == (from_tail.value, from_tail.ledger_size) == (2, from_tail.ledger_size)
    assert sealed.manifest == mart.read(own_mart).digest
    ledger.reverse(gone, reason="wrong_value", note="", by=city.clerk, schema="d1ge57", idem="back")
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1  # the fact is sealed, its reversal in the tail
    process.forget()
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1


def test_a_mart_of_another_ledger_is_not_believed(city, scope, record, own_mart):
    mart.seal(own_mart, 0, 5, rows(5))
    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    found = queries.figure(scope, LECTURES, city.root, YEAR)
    assert (found.value, found.manifest) == (1, "")


def test_what_was_rolled_back_is_forgotten(city, scope, record):
    from django.db import transaction

    record("activity.held", "柳溪支部", "2025-02-01", tags=["lecture"])
    with transaction.atomic():
        record("activity.held", "柳溪支部", "2025-02-02", tags=["lecture"])
        assert queries.figure(scope, LECTURES, city.root, YEAR).value == 2
        transaction.set_rollback(True)
    assert queries.figure(scope, LECTURES, city.root, YEAR).value == 1
