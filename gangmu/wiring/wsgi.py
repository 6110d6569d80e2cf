"""The WSGI application that granian serves."""

import os
from threading import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")

from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from django.db import connections  # noqa: E402 - needs the loaded models

from gangmu.duties import every_unit  # noqa: E402
from gangmu.indicators import process  # noqa: E402
from gangmu.kernel import clock  # noqa: E402
from gangmu.pages.access import refuse_undeclared  # noqa: E402
from gangmu.pages.balance import spread  # noqa: E402

refuse_undeclared()
application = spread(pages)


def warm() -> None:
    """Read the facts while nobody waits for them yet, so that the first figure is as quick as the next; duties too."""
    try:
        process.warm()
        every_unit.warm(clock.today())
    finally:
        connections.close_all()


Thread(target=warm, name="warm", daemon=True).start()
