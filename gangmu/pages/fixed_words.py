"""Words of templates that are the same on every page: translated once for each language, not once for each page."""

from typing import Any

from django.template import Node
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FixedWords(Node):
    """A written text. The words of a language never change while the process lives, so they are kept."""

    def __init__(self, text: TranslateNode) -> None:
        self.text = text
        self.by_language: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.by_language:
            self.by_language[language] = SafeString(self.text.render(context))
        return self.by_language[language]


def translate(parser: Parser, token: Token) -> Any:
    """As Django's tag of that name; a text that is written in the template itself is looked up once a language."""
    found = do_translate(parser, token)
    text = found.filter_expression
    named = text.var.lookups is not None
    varies = named or text.filters or found.message_context or found.asvar or found.noop
    return found if varies else FixedWords(found)
