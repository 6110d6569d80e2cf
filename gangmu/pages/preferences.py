"""How a reader wants the pages to look: language, size of type, light or dark. Three cookies, no script, no account."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = ("zh-hans", "en")
SIZES = ("", "large", "huge")
THEMES = ("", "light", "dark")
YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the cookies say; an unknown value counts as none. Chinese unless asked otherwise by the reader."""

    language: str = "zh-hans"
    size: str = ""
    theme: str = ""

    @property
    def html_language(self) -> str:
        return "zh-Hans" if self.language == "zh-hans" else self.language

    @property
    def dark_media(self) -> str:
        """Where the dark sheet applies: never on paper."""
        return {"dark": "screen", "light": "not all", "": "screen and (prefers-color-scheme: dark)"}[self.theme]

    @property
    def other_language(self) -> str:
        return "en" if self.language == "zh-hans" else "zh-hans"


def from_cookies(cookies: dict[str, str]) -> Preferences:
    """The preferences that these cookies state."""

    def pick(name: str, allowed: tuple[str, ...]) -> str:
        value = cookies.get(name, allowed[0])
        return value if value in allowed else allowed[0]

    return Preferences(pick("gm-language", LANGUAGES), pick("gm-size", SIZES), pick("gm-theme", THEMES))


def remember(response: HttpResponse, chosen: dict[str, str], *, secure: bool) -> None:
    """Set a cookie for each known preference in `chosen`; unknown names and values change nothing."""
    allowed = {"language": LANGUAGES, "size": SIZES, "theme": THEMES}
    for name, values in allowed.items():
        if chosen.get(name) in values:
            response.set_cookie(f"gm-{name}", chosen[name], max_age=YEAR, samesite="Lax", secure=secure, httponly=True)


class PreferencesMiddleware:
    """Sets `request.preferences` and the language of the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = from_cookies(request.COOKIES)
        request.preferences = chosen  # type: ignore[attr-defined]
        with translation.override(chosen.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen.html_language)
        return response
