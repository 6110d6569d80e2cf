"""The first wall: every URL says who may use it, or the server does not start.

A view is `@public`, or names with `@policy` the permission it wants and the thing it is about. Whoever lacks it gets
the page of a thing that does not exist; so does a signed-in reader for whom the view itself finds nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gangmu.kernel import clock
from gangmu.kernel.ids import AccountId, FactId, OrgId
from gangmu.kernel.problems import NotFound, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger.queries import fact
from gangmu.orgs.permissions import Permission, require
from gangmu.orgs.queries import one_epoch
from gangmu.orgs.scope import actor
from gangmu.people import sessions

OBJECTS = {"unit": "org", "fact": "fact_id"}  # what a URL may be about, and the URL's argument that names it


class SignedIn(HttpRequest):
    """A request whose reader is known (a name for types: no such object is ever made)."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may use a URL. `permission` None: everybody who is signed in; `by_token`: the API asks for its own token."""

    permission: Permission | None = None
    object: str | None = None
    public: bool = False
    by_token: bool = False


READING = ("GET", "HEAD")
PUBLIC, BY_TOKEN = Policy(public=True), Policy(by_token=True)
View = Callable[..., HttpResponseBase]


def policy(permission: Permission | None, object: str | None = None) -> Callable[[View], View]:
    """Let a view be used by holders of `permission` at the unit (or the fact's unit) that its URL names.

    Without `object`, by those who hold it anywhere; with `permission` None, by everybody who is signed in.
    """
    if object is not None and object not in OBJECTS:
        raise ImproperlyConfigured(f"a URL is about one of {', '.join(OBJECTS)}, not {object}")
    declared = Policy(permission, object)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            who = reader(request)
            if who is None:
                return to_sign_in(request)
            try:
                ask(declared, who, kwargs)
                return view(request, **kwargs)
            except NotFound:
                raise Http404 from None

        guarded.policy = declared  # type: ignore[attr-defined]
        return guarded

    return declare


def public(view: View) -> View:
    """Let everybody use a view, signed in or not."""
    view.policy = PUBLIC  # type: ignore[attr-defined]
    return view


def by_token(view: View) -> View:
    """Leave a view to the API's own authentication, which hands on an Actor as the pages do."""
    view.policy = BY_TOKEN  # type: ignore[attr-defined]
    return view


def reader(request: HttpRequest) -> Actor | None:
    """Who is signed in, or None."""
    found = getattr(request, "actor", None)
    return found if isinstance(found, Actor) else None


def ask(declared: Policy, who: Actor, arguments: dict[str, Any]) -> None:
    """Pass silently if `who` may use a URL with these arguments. Raises NotFound otherwise, whatever the reason."""
    if declared.permission is None:
        return
    try:
        require(who, declared.permission, _unit(declared, arguments))
    except NotFound:
        raise
    except Refused as refusal:
        raise NotFound(refusal.problems) from None


def _unit(declared: Policy, arguments: dict[str, Any]) -> OrgId | None:
    if declared.object is None:
        return None
    named = str(arguments[OBJECTS[declared.object]])
    return fact(FactId(named)).org if declared.object == "fact" else OrgId(named)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; htmx is told to load it whole."""
    address = f"{reverse('sign-in')}?next={request.get_full_path()}" if request.method == "GET" else reverse("sign-in")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


class SignedInMiddleware:
    """Sets `request.actor`: who acts and what they may see today. Ends sessions that are over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            with one_epoch():
                return self._answer(request)
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _named: dict[str, Any]
    ) -> HttpResponse | None:
        """A view without a policy is used by nobody; no address holds a NUL, over which PostgreSQL would stumble."""
        if getattr(view, "policy", None) is None or "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise Http404
        return None

    def _actor(self, request: HttpRequest) -> Actor | None:
        user, now = request.user, clock.now()
        if isinstance(user, AnonymousUser):
            return None
        if sessions.is_over(request.session, now):
            logout(request)
            return None
        sessions.note(request.session, now)
        return actor(AccountId(str(user.pk)), clock.local_day(now))


def routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its whole pattern."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


def undeclared() -> list[str]:
    """The routes whose view declares no policy."""
    every = routes(get_resolver().url_patterns)
    return [route for route, pattern in every if not isinstance(getattr(pattern.callback, "policy", None), Policy)]


def check_policies(**_options: object) -> list[CheckMessage]:
    """The system check: one error for each route without a policy."""
    return [
        Error(
            f"/{route} declares no policy",
            hint="put @policy(Permission.…) or @public on its view (gangmu.pages.access)",
            id="gangmu.E001",
        )
        for route in undeclared()
    ]


def refuse_undeclared() -> None:
    """For the server's start: raise ImproperlyConfigured when any route declares no policy."""
    if found := undeclared():
        raise ImproperlyConfigured("these routes declare no policy, so the server does not start: " + ", ".join(found))
