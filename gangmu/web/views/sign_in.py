"""Signing in and out."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gangmu.kernel import clock
from gangmu.kernel.problems import Problem
from gangmu.pages.access import policy, public, reader
from gangmu.pages.fragments import page, refused
from gangmu.people import sessions

TEMPLATE = "web/sign_in.html"
WRONG = Problem(
    "web.sign_in",
    "登录名或密码不对，请再试一次。忘了密码，请找账号管理员。",
    "The name or the password is wrong; please try again. If you forgot it, ask the keeper of accounts.",
)
LOCKED = Problem(
    "web.sign_in_locked",
    "试错的次数太多，请过一刻钟再登录。",
    "Too many wrong attempts; please sign in again in a quarter of an hour.",
)


@public
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST signs in and goes on to where the reader was going."""
    going = _inside(request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return HttpResponseRedirect(going) if reader(request) else page(request, TEMPLATE, {"next": going})
    name = request.POST.get("name", "").strip().lower()[:64]
    odd = any("\0" in one for one in request.POST.values())  # PostgreSQL keeps no NUL, and every attempt is kept
    password = request.POST.get("password", "")[:256]
    found = None if odd else authenticate(request, username=name, password=password)
    if found is None:
        return refused(request, TEMPLATE, {"next": going, "name": name}, [WRONG])
    login(request, found)
    sessions.begin(request.session, clock.now())
    return HttpResponseRedirect(going)


@policy(None)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget it."""
    logout(request)
    return HttpResponseRedirect("/")


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """What django-axes shows instead, once somebody tried too often: the same page, with the time to wait."""
    context = {"next": _inside(request.POST.get("next", "")), "problems": [LOCKED]}
    return page(request, TEMPLATE, context, status=429)


def _inside(address: str) -> str:
    """`address` if it is a page of this site, else the front page."""
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if allowed and address.startswith("/") else "/"
