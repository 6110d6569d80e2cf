"""A rule's source as a page shows it: the documents of the register that it names lead to their entries."""

import re

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gangmu.catalog.current import catalog
from gangmu.pages.templatetags.gangmu import own

register = template.Library()


@register.filter
def cited(source: object) -> SafeString:
    """The source in its own language, each registered document a link; what is in no register stays as it is."""
    keys = {document.title.zh: key for key, document in catalog().basis.items()}
    keys |= {document.number: key for key, document in catalog().basis.items() if document.number}
    if not keys:
        return own(source)
    longest = sorted(keys, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest))})", str(source))
    return format_html_join("", "{}", ((_part(part, keys.get(part, "")),) for part in parts if part))


def _part(text: str, key: str) -> SafeString:
    if not key:
        return own(text)
    return format_html('<a href="{}">{}</a>', reverse("basis-document", args=[key]), own(text))
