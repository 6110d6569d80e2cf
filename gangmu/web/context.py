"""What the frame of every page needs: the sections a reader may go to."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def frame(_request: HttpRequest) -> dict[str, Any]:
    """The sections of the main navigation, for readers who have signed in: (address name, words)."""
    sections = [("desk", _("我的")), ("units", _("组织")), ("figures", _("数字")), ("facts", _("记录"))]
    return {"navigation": [*sections, ("documents", _("文稿")), ("ledger", _("台账"))]}
