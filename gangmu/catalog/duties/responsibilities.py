"""A responsibility list (责任清单): the duties that a post of some level answers for, together in one place.

A list repeats no number and no deadline: it names duties, and what holds of them holds here.
"""

from pydantic import Field as Entry

from gangmu.catalog.definitions import Definition, DottedKey
from gangmu.catalog.duties.definitions import OwedBy


class Responsibilities(Definition):
    """Whose list it is (a level, a post, a domain), and the duties on it in the order in which they are read out.

    A holder of a post answers for what is owed in person and for what the unit owes; a list of the unit holds the
    unit's duties alone.
    """

    key: DottedKey
    whose: OwedBy
    duties: tuple[DottedKey, ...] = Entry(min_length=1)
