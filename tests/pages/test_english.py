"""English is complete: every message of templates and code has a translation, and no translation is left over."""

import re
from functools import cache

from gangmu.pages import messages

CATALOGUE = messages.LOCALES / "en" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"%\((\w+)\)s")
used = cache(messages.used)  # every template and every line of code is looked through


def entries() -> dict[str, str]:
    return {m.source: m.translation for m in messages.read_catalogue(CATALOGUE) if m.source}


def test_every_message_has_an_english_translation() -> None:
    known = entries()  # read once: there are more than a thousand
    missing = sorted(f"{file}: {text}" for text, file in used().items() if not known.get(text))
    assert missing == []


def test_no_translation_is_left_of_a_message_that_nobody_uses() -> None:
    assert sorted(set(entries()) - set(used())) == []


def test_no_translation_is_fuzzy_and_none_holds_chinese() -> None:
    bad = [m.source for m in messages.read_catalogue(CATALOGUE) if m.fuzzy or messages.HAN.search(m.translation)]
    assert bad == []


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    wrong = [source for source, text in entries().items() if set(NAMED.findall(source)) != set(NAMED.findall(text))]
    assert wrong == []


def test_no_message_stands_twice() -> None:
    sources = [m.source for m in messages.read_catalogue(CATALOGUE)]
    assert sorted({source for source in sources if sources.count(source) > 1}) == []
