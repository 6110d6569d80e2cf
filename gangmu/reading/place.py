"""Where a quantity stands, as the rules of what is no claim need it."""

from typing import NamedTuple

CLAUSE_ENDS = frozenset(',。;:!?、)）(（\n\t…”"’》】]')


class Place(NamedTuple):
    """Where a quantity stands: the clause before it, the quotation around it ('' if none), whether alone in a cell.

    `headed`: the cell stands under a heading that names no time, and does not itself name its row.
    """

    clause: str
    quotation: str
    in_title_marks: bool
    in_cell: bool
    headed: bool = False
