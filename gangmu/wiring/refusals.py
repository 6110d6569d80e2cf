"""What the whole site answers where no view did: the API in its problems, everything else as a page."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from gangmu.api import routes

API = "/api/"
SAID = {400: routes.UNFIT, 404: routes.NO_ADDRESS, 500: routes.BROKEN}


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what no server should be asked, such as another host's name."""
    return _of_api(request, 400) or defaults.bad_request(request, exception)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address that does not exist, or is not for the reader."""
    return _of_api(request, 404) or defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, which the server has noted with its cause."""
    return _of_api(request, 500) or defaults.server_error(request)


def _of_api(request: HttpRequest, status: int) -> HttpResponse | None:
    if not request.path.startswith(API):
        return None
    return routes.answer(request, [SAID[status]], status)
