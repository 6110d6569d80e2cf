"""A request to a second person as its page shows it: what it is about, how it was answered, who may answer."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.ledger.facts import Fact
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.entry import Field
from gangmu.records.corrections import ANSWERED, ASKED, answer_to

WORD = Text(zh="说一句", en="A word")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: where the record is, the answer with its word (None while it waits), and whose turn it is."""

    address: str
    outcome: Text | None
    word: str
    own: bool
    may_answer: bool
    fields: tuple[Field, ...]


def request_of(who: Actor, fact: Fact, typed: QueryDict) -> Request | None:
    """The request that this fact is; None for every other fact."""
    about = fact.ref("answers")
    if fact.kind != ASKED or about is None:
        return None
    answer = answer_to(fact)
    word = Field("word", WORD, "text", typed.get("word", ""), required=True, sealed=True)
    return Request(
        reverse("fact", args=[about]), _outcome(answer), _word(who, answer), who.account == fact.actor,
        may(who, Permission.REVERSE, fact.org), (word,),
    )  # fmt: skip


def _outcome(answer: Fact | None) -> Text | None:
    if answer is None:
        return None
    titles = {value.key: value.title for field in catalog().facts[ANSWERED].fields for value in field.values}
    return titles.get(str(answer.body.get("outcome")))


def _word(who: Actor, answer: Fact | None) -> str:
    """The word of the answer, to whoever may see persons at the unit."""
    if answer is None or not may(who, Permission.SEE_PERSONS, answer.org):
        return ""
    return "".join(one.text for one in ledger.open_slots([answer.id], ("word",)))
