"""What the graph publishes to the mart: the tree of a day as one Arrow table."""

from datetime import date

import pyarrow as pa

from gangmu.orgs.trees import tree

SCHEMA = pa.schema([
    ("org", pa.string()), ("path", pa.string()), ("parent", pa.string()), ("kind", pa.string()),
    ("domain", pa.string()),     ("level", pa.int32()), ("name", pa.string()), ("alive", pa.bool_()),
])  # fmt: skip


def tree_table(on: date) -> pa.Table:
    """Every unit founded by the day `on`, in path order.

    Ended units are there with `alive` false: their facts count in the units above them (a merged one's in the unit that
    took it in), but they are no units of that day themselves.
    """
    rows = [(node.org, node.path, node.parent, node.kind, node.domain, node.level, node.name, node.alive)
            for node in tree(on).nodes]  # fmt: skip
    columns = zip(*rows, strict=True) if rows else ((),) * len(SCHEMA)
    return pa.table(
        [pa.array(list(column), field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
    )
