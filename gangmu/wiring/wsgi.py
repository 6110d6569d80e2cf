"""The WSGI application that granian serves."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from gangmu.pages.access import refuse_undeclared  # noqa: E402 - needs the loaded models

refuse_undeclared()
