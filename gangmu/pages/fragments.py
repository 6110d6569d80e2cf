"""Whole pages, their parts, and refusals in place.

Every page is whole and works without a script; when htmx asks for one of its parts, the same view answers with that
part alone. A refusal renders the form again with every problem listed, with status 422.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from gangmu.kernel.problems import Problem


def wanted_part(request: HttpRequest) -> str:
    """The id of the part that htmx wants to replace, empty for a whole page."""
    if request.headers.get("HX-Request") != "true" or request.headers.get("HX-History-Restore-Request") == "true":
        return ""
    return request.headers.get("HX-Target", "")


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, parts: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """Render `template`, or the part asked for: part `facts` of `web/figure.html` is `web/_facts.html`."""
    part = wanted_part(request)
    folder = template.rpartition("/")[0]
    name = f"{folder}/_{part}.html" if part in parts else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "Cookie"])
    return response


def refused(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    problems: Sequence[Problem],
    *,
    parts: Sequence[str] = (),
) -> HttpResponse:
    """The same page with what was typed and every problem, status 422."""
    return page(request, template, {**context, "problems": list(problems)}, parts=parts, status=422)
