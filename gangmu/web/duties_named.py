"""What a fact about a duty names, in words: the duty, and whoever owes it as far as the reader may know."""

from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.duties.granted import KINDS
from gangmu.duties.grants import GrantMade, grant_of
from gangmu.duties.queries import bearers_of, sees_persons
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Fact
from gangmu.pages.addresses import address_of
from gangmu.pages.listing import address
from gangmu.pages.templatetags.gangmu import said
from gangmu.web.duty_year import names_of
from gangmu.web.shown import NONE_NAMED, Named
from gangmu.web.words import lexicon


def named(scope: Scope, found: Fact) -> Named:
    """The fields of a waiver or an exemption that nobody could read; nothing for any other fact."""
    if found.kind not in KINDS:
        return NONE_NAMED
    made = grant_of(found)
    known = catalog().duties.get(made.duty)
    return {
        "duty": (said(known.duty.title) if known else made.duty, _where(made)),
        "bearer": (_bearer(scope, made), ""),
    }


def _where(made: GrantMade) -> str:
    """Where the duty of that period is told."""
    whose = "" if made.bearer == made.org else made.bearer
    return address(address_of("duty-deadline", made.org, made.duty, f"{made.first:%Y-%m}"), {"of": whose})


def _bearer(scope: Scope, made: GrantMade) -> str:
    if made.bearer == made.org:
        return lexicon(scope.day).units.get(str(made.org), "")
    if not sees_persons(scope, made.org):
        return _("姓名封存")
    those = [one for one in bearers_of(scope, made.org, scope.day) if one.id == made.bearer]
    return names_of(scope, made.org, those, None).get(made.bearer, _("已经不在这个单位"))
