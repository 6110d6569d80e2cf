"""Django's sessions in the database, the usual read written by hand: every request begins with it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from gangmu.ledger import engine

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """A session that is there and not over is one small read; whatever else may be, Django's own way decides."""

    def load(self) -> dict[str, Any]:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        found = engine.one(READ, (self.session_key, now))
        return self.decode(found[0]) if found else super().load()
