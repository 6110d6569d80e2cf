"""Fetch the main pages over HTTP as a signed-in person, with nothing but the standard library."""

import re
import time
from dataclasses import dataclass
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PATIENCE = 60  # seconds for one page: a first page on a busy machine starts the engine
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Failed(Exception):
    """A page did not come as it should; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who signs in, and which pages to see: (phase, path, a text that must stand on the page); the first is home."""

    sign_in: str
    name: str
    password: str
    pages: tuple[tuple[str, str, str], ...]
    check_path: str
    check_form: tuple[tuple[str, str], ...]
    check_shows: str


def fetch_all(root: str, visit: Visit, phases: dict[str, float]) -> None:
    """Sign in, fetch each page, check one document; the time of each goes into `phases`. Raises Failed."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    credentials = {"name": visit.name, "password": visit.password}
    post_form(browser, root, "sign-in", visit.sign_in, credentials, visit.pages[0][2], phases)
    for phase, path, shows in visit.pages:
        get(browser, root, phase, path, shows, phases)
    post_form(browser, root, "document", visit.check_path, dict(visit.check_form), visit.check_shows, phases)


def get(browser: OpenerDirector, root: str, phase: str, path: str, shows: str, phases: dict[str, float]) -> str:
    """One page; it must answer 200 and show `shows`."""
    return _open(browser, Request(root + path), phase, shows, phases)


def post_form(
    browser: OpenerDirector,
    root: str,
    phase: str,
    path: str,
    fields: dict[str, str],
    shows: str,
    phases: dict[str, float],
) -> str:
    """Open the page with the form, send it filled in, follow to what it leads to."""
    form = get(browser, root, f"{phase} form", path, "csrfmiddlewaretoken", phases)
    token = TOKEN.search(form)
    if token is None:
        raise Failed(f"{path} holds no form")
    body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
    return _open(browser, Request(root + path, body, headers={"Referer": root + path}), phase, shows, phases)


def _open(browser: OpenerDirector, request: Request, phase: str, shows: str, phases: dict[str, float]) -> str:
    started = time.monotonic()
    try:
        with browser.open(request, timeout=PATIENCE) as answer:
            page = str(answer.read().decode("utf-8"))
    except HTTPError as error:
        raise Failed(f"{phase}: {request.full_url} answered {error.code}") from None
    except URLError as error:
        raise Failed(f"{phase}: {request.full_url} could not be reached ({error.reason})") from None
    except OSError as error:
        waited = time.monotonic() - started
        raise Failed(f"{phase}: {request.full_url} broke off after {waited:.0f} seconds ({error})") from None
    phases[phase] = time.monotonic() - started
    if shows not in page:
        raise Failed(f"{phase}: {request.full_url} does not show {shows!r}")
    return page
