"""A real Chromium before a real server; where there is none, run.py test leaves these tests out and says so.

What people come to do is also done in Chromium 109, where `.ci/run` has fetched it.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gangmu.pages import messages
from tests.pages.conftest import Town, found_town

# Playwright keeps an event loop on this thread; the ORM is used between its calls, never inside one
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parents[2]
OLD = ROOT / "var/chromium-109/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers, before pages that are built."""
    if not (ROOT / "gangmu/web/static/built/app.css").is_file():
        pytest.fail("the pages are not built: python3 run.py build")
    messages.compile_all()
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium fonts-noto-cjk")  # allowed: run.py test says so at the end
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def chromium_109(playwright: Playwright) -> Iterator[Browser]:
    """The oldest browser that the pages promise to work in, started once."""
    if not OLD.is_file():
        pytest.skip("no Chromium 109: .ci/run fetches it")  # allowed: run.py test says so at the end
    browser = playwright.chromium.launch(executable_path=OLD, args=[*FLAGS, "--no-zygote"])
    yield browser
    browser.close()


@pytest.fixture(params=["chromium", "chromium_109"])
def each_chromium(request: pytest.FixtureRequest) -> Browser:
    """The browser of today, and the oldest."""
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer) -> tuple[str, Town]:
    """The address of a server and the town that it shows."""
    return str(live_server.url), found_town()
