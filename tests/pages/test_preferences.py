"""Language, size and colours: three cookies, Chinese unless asked otherwise."""

import pytest
from django.http import HttpResponse

from gangmu.pages.preferences import Preferences, from_cookies, remember


def test_without_cookies_pages_are_chinese_whatever_the_browser_prefers() -> None:
    assert from_cookies({}) == Preferences("zh-hans", "", "")
    assert from_cookies({}).html_language == "zh-Hans"


def test_unknown_values_count_as_none() -> None:
    assert from_cookies({"gm-language": "xx", "gm-size": "'><script>", "gm-theme": "pink"}) == Preferences()


@pytest.mark.parametrize(
    ("theme", "media"), [("dark", "screen"), ("light", "not all"), ("", "screen and (prefers-color-scheme: dark)")]
)
def test_the_dark_sheet_never_reaches_paper(theme: str, media: str) -> None:
    assert Preferences(theme=theme).dark_media == media


def test_only_known_choices_are_remembered() -> None:
    response = HttpResponse()
    remember(response, {"language": "en", "size": "gigantic", "theme": "dark", "admin": "yes"}, secure=True)
    assert {name: morsel.value for name, morsel in response.cookies.items()} == {
        "gm-language": "en",
        "gm-theme": "dark",
    }
    assert all(morsel["secure"] and morsel["samesite"] == "Lax" for morsel in response.cookies.values())
