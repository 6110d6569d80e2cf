"""The cast, servers on loopback, and somebody to be told."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.orgs import cast
from tests.orgs.cast import City
from tests.reminders.servers import Group, Mailbox, bot_server, mail_server

SITE = "https://dangjian.example.cn"


@pytest.fixture
def city(db: None) -> City:
    return cast.build()


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.SITE, settings.REMINDERS = SITE, True
        yield box


@pytest.fixture
def group(settings: Settings) -> Iterator[Group]:
    with bot_server() as found:
        settings.SITE, settings.REMINDERS = SITE, True
        settings.REMINDER_BOTS = {
            "wecom": found.address("/cgi-bin/webhook/send?key="),
            "dingtalk": found.address("/robot/send?access_token="),
            "feishu": found.address("/open-apis/bot/v2/hook/"),
        }
        yield found
