"""What people record most, so that it lies one tap away: first what they themselves recorded lately."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gangmu.catalog.definitions import Tag
from gangmu.kernel.ids import AccountId
from gangmu.ledger import queries as ledger

ACTIVITY, FORMS = "activity.held", "activity_form"
# of the forms that lie nearest: their drawings; every other is a meeting of people
ICONS = {"theme_day": "flag", "lecture": "school", "household_visit": "walk"}
MEETING = "users"
LATELY = 100  # so many of one's latest activities tell what one records most
# for who has recorded nothing yet: what every branch owes, and going to people's homes
OWED = ("members_meeting", "theme_day", "lecture", "household_visit", "committee_meeting", "small_group_meeting")


def forms_by_use(forms: Sequence[Tag], account: AccountId) -> list[Tag]:
    """The forms of activity, the ones that this account recorded most lately first, then those owed, then the rest."""
    own = ledger.FactFilter(kinds=frozenset({ACTIVITY}), actor=account, with_reversed=False)
    told = [fact.body.get("tags") for fact in ledger.facts(own, limit=LATELY)]
    return by_use(forms, (str(tag) for tags in told if isinstance(tags, list | tuple) for tag in tags))


def by_use(forms: Sequence[Tag], used: Iterable[str]) -> list[Tag]:
    """`forms` by how often `used` names them; those named alike by OWED, then as the catalog has them."""
    often = Counter(used)
    owed = {key: place for place, key in enumerate(OWED)}
    return sorted(forms, key=lambda form: (-often[form.key], owed.get(form.key, len(OWED))))
