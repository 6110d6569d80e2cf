"""What `bench.post` serves: one address records a fact through the whole action, one inserts a bare row."""

import json
import os
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")

import django
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

django.setup(set_prefix=False)


def record(request: HttpRequest) -> HttpResponse:
    from gangmu.kernel import clock
    from gangmu.kernel.ids import AccountId, OrgId
    from gangmu.orgs.scope import actor
    from gangmu.records.actions import record_fact

    said = json.loads(request.body)
    today = clock.today()
    by = actor(AccountId(said["account"]), today)
    sealed = {"subject": said["subject"]}
    made = record_fact(
        said["kind"], OrgId(said["org"]), body=said["body"], sealed=sealed, on=today, by=by, idem=said["idem"]
    )
    return HttpResponse(made.signature)


def bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (bytes) VALUES (%s)", (request.body,))
    return HttpResponse("kept")


urlpatterns = [path("record", record), path("bare", bare)]


def served() -> Callable[..., object]:
    """A handler without middleware: both addresses pay for the same machinery and nothing else."""
    override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["127.0.0.1"]).enable()
    return WSGIHandler()


application = served()
