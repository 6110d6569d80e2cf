"""Fixed words are translated once a language; all else is what Django's own tag makes of it."""

import pytest
from django.template import Context, Template
from django.utils import translation

from gangmu.pages.fixed_words import FixedWords

LOADS = ("{% load i18n %}", "{% load i18n gangmu %}")
TAGS = (
    '{% translate "组织" %}',
    '{% translate "没有的词 <b> 100%%" %}',
    '{% translate "组织" as words %}[{{ words }}]',
    '{% translate "组织"|upper %}',
    '{% translate "组织" noop %}',
    '{% translate "组织" context "别处" %}',
    "{% translate named %}",
    '{% translate "组织" %}{% translate "退出" %}{% translate "组织" %}',
)


@pytest.mark.parametrize("language", ["zh-hans", "en", None])
@pytest.mark.parametrize("written", TAGS)
def test_words_are_those_of_the_tag_of_django(written: str, language: str | None) -> None:
    theirs, ours = (Template(load + written) for load in LOADS)
    with translation.override(language):
        first, second = (ours.render(Context({"named": "<退出>"})) for _ in range(2))
        assert first == second == theirs.render(Context({"named": "<退出>"}))


def test_one_page_is_right_in_each_language_in_turn() -> None:
    page = Template('{% load i18n gangmu %}{% translate "组织" %}')
    said = []
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with translation.override(language):
            said.append(page.render(Context()))
    assert said[:2] == said[2:]
    assert said[0] != said[1]


def test_only_a_text_that_stands_in_the_template_is_kept() -> None:
    kept = [bool(Template("{% load i18n gangmu %}" + one).nodelist.get_nodes_by_type(FixedWords)) for one in TAGS]
    assert kept == [True, True, False, False, False, False, False, True]


def test_a_language_is_looked_up_once() -> None:
    (words,) = Template('{% load i18n gangmu %}{% translate "组织" %}').nodelist.get_nodes_by_type(FixedWords)
    assert isinstance(words, FixedWords)
    with translation.override("en"):
        for _ in range(3):
            words.render(Context())
    assert list(words.by_language) == ["en"]
