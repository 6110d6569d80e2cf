"""What the frame of every page needs: the sections a reader may go to."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gangmu.pages.access import reader


def frame(request: HttpRequest) -> dict[str, Any]:
    """The sections of the main navigation, for readers who have signed in: (address name, words).

    Who holds no grant has nothing but the first page.
    """
    who = reader(request)
    if who is None or not who.scope.grants:
        return {"navigation": [("desk", _("我的"))] if who else []}
    sections = [("desk", _("我的")), ("units", _("组织")), ("figures", _("数字")), ("facts", _("记录"))]
    return {"navigation": [*sections, ("documents", _("文稿")), ("ledger", _("台账"))]}
