"""Size of type, light or dark, language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from gangmu.pages.access import public
from gangmu.pages.fragments import page
from gangmu.pages.preferences import from_cookies, remember


@public
def preferences(request: HttpRequest) -> HttpResponse:
    """GET shows the switches; POST keeps the choice in three cookies and goes back to where the reader was."""
    if request.method == "POST":
        response = HttpResponseRedirect(_back(request.POST.get("next", "")))
        remember(response, request.POST.dict(), secure=request.is_secure())
        return response
    context = {"switches": _switches(request), "next": _back(request.GET.get("next", ""))}
    return page(request, "web/preferences.html", context)


def _back(address: str) -> str:
    """`address` if it lies on this site, else the front page."""
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=False)
    return address if allowed and address.startswith("/") else "/"


def _switches(request: HttpRequest) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    now = from_cookies(request.COOKIES)
    sizes = [("", _("标准字")), ("large", _("大字")), ("huge", _("超大字"))]
    themes = [("", _("跟着设备")), ("light", _("浅色")), ("dark", _("深色"))]
    languages = [("zh-hans", "中文"), ("en", "English")]
    return [
        ("size", _("字号"), [(value, words, value == now.size) for value, words in sizes]),
        ("theme", _("颜色"), [(value, words, value == now.theme) for value, words in themes]),
        ("language", _("语言"), [(value, words, value == now.language) for value, words in languages]),
    ]
