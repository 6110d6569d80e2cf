"""What the frame of every page needs: the sections a reader may go to."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gangmu.kernel.scope import Actor
from gangmu.orgs.permissions import Permission, may
from gangmu.pages.access import reader


def frame(request: HttpRequest) -> dict[str, Any]:
    """The sections of the main navigation, for readers who have signed in: (address name, words); whether they record.

    Nobody is shown a section that would not open. Who holds no grant has nothing but the first page.
    """
    who = reader(request)
    if who is None or not who.scope.grants:
        return {"navigation": [("desk", _("我的"))] if who else [], "records": False, "checks": False}
    return {
        "navigation": _sections(who),
        "records": may(who, Permission.RECORD),
        "checks": may(who, Permission.CHECK_DOCUMENTS),
    }


def _sections(who: Actor) -> list[tuple[str, str]]:
    every = (
        ("units", Permission.SEE_FIGURES, _("组织")),
        ("figures", Permission.SEE_FIGURES, _("数字")),
        ("facts", Permission.SEE_FACTS, _("记录")),
        ("documents", Permission.CHECK_DOCUMENTS, _("文稿")),
        ("ledger", Permission.READ_LEDGER, _("台账")),
    )
    return [("desk", _("我的")), *((name, words) for name, permission, words in every if may(who, permission))]
