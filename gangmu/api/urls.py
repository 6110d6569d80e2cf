"""The API's addresses. Each asks for its own token, except the log's public files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from gangmu.api.routes import NO_METHOD, answer, api
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


def _declared(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = _in_problems(pattern.callback)
    return pattern


_patterns, _app, _namespace = api.urls
urlpatterns = [path("", (list(map(_declared, _patterns)), _app, _namespace))]
