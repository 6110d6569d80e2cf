"""A real Chromium before a real server; where there is none, run.py test leaves these tests out and says so."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gangmu.pages import messages
from tests.pages.conftest import Town, found_town

# Playwright keeps an event loop on this thread; the ORM is used between its calls, never inside one
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium fonts-noto-cjk")  # allowed: run.py test says so at the end
    if not (ROOT / "gangmu/web/static/built/app.css").is_file():
        pytest.fail("the pages are not built: python3 run.py build")
    messages.compile_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer) -> tuple[str, Town]:
    """The address of a server and the town that it shows."""
    return str(live_server.url), found_town()
