"""The API's addresses. Each asks for its own token, except the log's public files."""

from django.urls import path

from gangmu.api.routes import api
from gangmu.pages.access import by_token

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if _pattern.callback is not None:
        by_token(_pattern.callback)

urlpatterns = [path("", (_patterns, _app, _namespace))]
