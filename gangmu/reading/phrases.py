"""What a claim counts and which verb produced it (the guideline's §1.6): literal words from around the number."""

from gangmu.reading.quantity import Quantity
from gangmu.reading.subjects import subject_of
from gangmu.reading.values import Kind
from gangmu.reading.verbs import last_verb, verb_elsewhere

Range = tuple[int, int]


def phrase_of(text: str, quantity: Quantity, kind: Kind, clause_start: int, previous_end: int) -> tuple[Range, Range]:
    """Subject and action of the quantity as ranges of the cleaned text, (0, 0) for none.

    `clause_start` begins its clause, `previous_end` ends the claim before.
    """
    start = max(clause_start, previous_end)
    verb = last_verb(text[start : quantity.start])
    action = (start + verb[0], start + verb[1]) if verb else verb_elsewhere(text, clause_start, quantity)
    return subject_of(text, quantity, kind, clause_start, start), action
