"""The API's addresses. Each asks for its own token, except the log's public files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from gangmu.api.calendar import feed
from gangmu.api.routes import NO_METHOD, answer, api
from gangmu.kernel.problems import NotFound
from gangmu.pages.access import by_token


def _in_problems(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, with a method that it does not know refused in the shape of every refusal."""

    @wraps(view)
    def answering(request: HttpRequest, **named: Any) -> HttpResponseBase:
        found = view(request, **named)
        if found.status_code != 405:
            return found
        told: HttpResponse = answer(request, [NO_METHOD], 405)
        told["Allow"] = found["Allow"]
        return told

    return by_token(answering)


def _found(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for reading alone, with what it does not find answered in the shape of every refusal."""

    @wraps(view)
    def answering(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            told = answer(request, [NO_METHOD], 405)
            told["Allow"] = "GET, HEAD"
            return told
        try:
            return view(request, **named)
        except NotFound as missing:
            return answer(request, missing.problems, 404)

    return answering


def _declared(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = _in_problems(pattern.callback)
    return pattern


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("calendar/<str:secret>.ics", by_token(_found(feed)), name="calendar"),
    path("", (list(map(_declared, _patterns)), _app, _namespace)),
]
