"""Verifying the log: entries a second, hashing the stored bytes and holding every tile and head against them."""

import sys

from bench.__main__ import emit
from bench.scene import database
from bench.timing import median_seconds

ENTRIES = 200_000
CHUNK = 20_000


def main(seed: int) -> None:
    with database("sqlite"):
        from gangmu.kernel import clock
        from gangmu.kernel.canon import digest
        from gangmu.kernel.ids import AccountId, OrgId
        from gangmu.kernel.scope import Actor
        from gangmu.ledger import actions, projections, sequencer
        from gangmu.ledger.facts import Draft
        from gangmu.ledger.verify_log import verify_log

        projections.install([])  # the log alone
        by, org, now, schema = Actor(AccountId("bench")), OrgId("bench"), clock.now(), digest({"seed": seed})
        for first in range(0, ENTRIES, CHUNK):
            drafts = [
                Draft("activity.held", org, {"present": number % 40}, now, now, f"bench/{number}")
                for number in range(first, first + CHUNK)
            ]
            actions.record_many(drafts, by=by, schema=schema)
        sequencer.run_until_empty()
        found = verify_log(contents=False)
        if found.problems or found.entries != ENTRIES:
            raise SystemExit(f"the log to be measured does not verify: {found.problems[:3]}")
        taken = median_seconds(lambda: verify_log(contents=False))
        emit("verification", seed, {"entries_per_second": round(ENTRIES / taken)}, entries=ENTRIES)


if __name__ == "__main__":
    main(int(sys.argv[1]))
