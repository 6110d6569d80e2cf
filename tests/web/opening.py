"""A page as its reader finds it: opened through Django's client, asked by what stands on it."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html

BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was opened: its status, its address after redirects, its tree."""

    status: int
    address: str
    tree: Any
    source: str

    def all(self, path: str) -> list[Any]:
        """What an XPath finds, in the order of the page."""
        return list(self.tree.xpath(path))

    def text(self, path: str = "//main") -> str:
        """The words of the first thing that is found, with single blanks; empty where there is none."""
        found = self.all(path)
        return BLANK.sub(" ", found[0].text_content()).strip() if found else ""

    def texts(self, path: str) -> list[str]:
        """The words of all that is found."""
        return [BLANK.sub(" ", one.text_content()).strip() for one in self.all(path)]

    def links(self, path: str = "//main") -> list[str]:
        """The addresses that can be gone to from there."""
        return [one.get("href") for one in self.all(f"{path}//a[@href]")]

    def typed(self, name: str) -> str:
        """What stands in a field of that name."""
        field = self.all(f"//main//*[@name='{name}']")[0]
        if field.tag == "select":
            return str(next((one.get("value") for one in field.xpath(".//option[@selected]")), ""))
        return str((field.get("value") if field.tag == "input" else field.text) or "")


def page(answer: Any, address: str = "") -> Page:
    """An answer as a page."""
    went = answer.redirect_chain[-1][0] if getattr(answer, "redirect_chain", None) else address
    source = answer.content.decode()
    return Page(answer.status_code, went, html.fromstring(source), source)


def opened(client: Client, address: str) -> Page:
    """Open an address."""
    return page(client.get(address), address)


def sent(client: Client, address: str, typed: dict[str, Any]) -> Page:
    """Send a form and follow where it leads."""
    return page(client.post(address, typed, follow=True), address)


def csv_rows(client: Client, address: str) -> list[list[str]]:
    """A CSV file as rows of cells."""
    return list(csv.reader(io.StringIO(b"".join(client.get(address).streaming_content).decode("utf-8-sig"))))
