"""How a digest gets to somebody: by mail, or by the bot of a group (WeCom, DingTalk, Feishu), behind one function.

A bot's address begins with one that the settings name, so that nobody can make this machine call another: what is
typed is never asked, and no redirect is followed.
"""

import base64
import hashlib
import hmac
import json
import smtplib
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

MAIL = "mail"
PATIENCE = 10  # seconds
JSON = {"Content-Type": "application/json; charset=utf-8"}
LONGEST_ANSWER = 64_000  # bytes


class NotDelivered(Exception):
    """Nobody took it; what is said is for whoever keeps the machine and holds no address."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to: an e-mail address, or a bot's address with the secret it is signed with, if it has one."""

    address: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a bot's server is sent: the address with its signature, and the body."""

    address: str
    body: Mapping[str, Any]


def _wecom(place: Place, text: str, _now: float) -> Post:
    return Post(place.address, {"msgtype": "text", "text": {"content": text}})


def _dingtalk(place: Place, text: str, now: float) -> Post:
    body = {"msgtype": "text", "text": {"content": text}}
    if not place.secret:
        return Post(place.address, body)
    moment = str(round(now * 1000))
    sign = _mac(place.secret.encode(), f"{moment}\n{place.secret}".encode())
    return Post(f"{place.address}&timestamp={moment}&sign={quote_plus(sign)}", body)


def _feishu(place: Place, text: str, now: float) -> Post:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if place.secret:
        moment = str(round(now))
        body |= {"timestamp": moment, "sign": _mac(f"{moment}\n{place.secret}".encode(), b"")}
    return Post(place.address, body)


def _mac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


BOTS: Mapping[str, Callable[[Place, str, float], Post]] = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}
CARRIERS = (MAIL, *BOTS)


def post_of(carrier: str, place: Place, text: str, now: float) -> Post:
    """The request by which that bot is told `text`."""
    return BOTS[carrier](place, text, now)


def fits(carrier: str, place: Place) -> bool:
    """Whether the place is one of that carrier's: an e-mail address, or below the bot's own address."""
    if carrier == MAIL:
        return _is_mail(place.address)
    begins = str(settings.REMINDER_BOTS[carrier])
    rest = place.address.removeprefix(begins)
    return rest != place.address and rest.replace("-", "").replace("_", "").isalnum() and rest.isascii()


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isascii()


def deliver(carrier: str, place: Place, *, subject: str, text: str) -> None:
    """Hand one message to its carrier. Raises NotDelivered when it was not taken."""
    if not fits(carrier, place):
        raise NotDelivered("the address is none of this carrier's any more")
    if carrier == MAIL:
        _mail(place.address, subject, text)
    else:
        _call(post_of(carrier, place, text, time.time()))


def _mail(address: str, subject: str, text: str) -> None:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        raise NotDelivered("GANGMU_MAIL is not set")
    try:
        taken = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (OSError, smtplib.SMTPException) as error:
        raise NotDelivered(f"the mail server did not take it: {type(error).__name__}") from error
    if not taken:
        raise NotDelivered("the mail server did not take it")


def _call(post: Post) -> None:
    """Post it; a redirect is an answer like any other and is followed nowhere."""
    body = json.dumps(post.body, ensure_ascii=False).encode()
    place = urlsplit(post.address)
    connect = HTTPSConnection if place.scheme == "https" else HTTPConnection
    try:
        with closing(connect(place.hostname or "", place.port, timeout=PATIENCE)) as line:
            line.request("POST", f"{place.path}?{place.query}" if place.query else place.path, body, JSON)
            with line.getresponse() as answer:
                told = json.loads(answer.read(LONGEST_ANSWER)) if answer.status == 200 else {"code": answer.status}
    except (OSError, ValueError, HTTPException) as error:
        raise NotDelivered(f"the bot's server did not answer as it should: {type(error).__name__}") from error
    code = told.get("errcode", told.get("code", told.get("StatusCode"))) if isinstance(told, dict) else None
    if code != 0:
        raise NotDelivered(f"the bot's server refused it with code {code!r}"[:120])
