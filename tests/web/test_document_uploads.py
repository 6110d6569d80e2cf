"""What can be handed in on the page 文稿核验: the files that offices send, one or several at once."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gangmu.documents.models import Draft
from gangmu.web.views.documents import MOST_AT_ONCE
from tests.pages.conftest import Town
from tests.reading.papers import drawn
from tests.web.opening import Page, opened, sent

WORDS = "受理诉求3件，办结1件，办结率86.3%。"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def handed_in(client: Client, name: str, data: bytes) -> Page:
    return sent(client, "/documents", {"file": SimpleUploadedFile(name, data)})


def workbook() -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append([WORDS])
    book.save(buffer)
    return buffer.getvalue()


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, content in members.items():
            out.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("表.xlsx", workbook()), ("稿.pdf", drawn([(72, 700, WORDS)])), ("包.zip", packed(文_txt=WORDS.encode()))],
)
def test_one_document_is_checked_and_shown(client: Client, name: str, data: bytes) -> None:
    page = handed_in(client, name, data)
    assert page.status == 200
    assert "86.3%" in page.text("//article")
    assert Draft.objects.count() == 1
    assert opened(client, page.address).text("//article") == page.text("//article")


def test_several_documents_are_kept_and_listed(client: Client) -> None:
    page = handed_in(client, "包.zip", packed(甲_txt=WORDS.encode(), 乙_xlsx=workbook()))
    assert page.address == "/documents"
    assert {"甲.txt", "乙.xlsx"} <= {name for name in ("甲.txt", "乙.xlsx") if name in page.text()}
    assert Draft.objects.count() == 2


def test_an_archive_with_a_document_that_cannot_be_used_is_refused_whole(client: Client) -> None:
    page = handed_in(client, "包.zip", packed(甲_txt=WORDS.encode(), 乙_doc=b"\xd0\xcf\x11\xe0", 丙_wps=b"x"))
    assert page.status == 422
    assert "《乙.doc》是旧版 Word" in page.text()
    assert "《丙.wps》是旧版 Word" in page.text()
    assert not Draft.objects.exists()


def test_too_many_documents_at_once_are_refused(client: Client) -> None:
    page = handed_in(client, "包.zip", packed(**{f"{number}_txt": b"x" for number in range(MOST_AT_ONCE + 1)}))
    assert f"超过{MOST_AT_ONCE}份" in page.text()
    assert not Draft.objects.exists()


def test_the_form_names_what_can_be_handed_in(client: Client) -> None:
    (field,) = opened(client, "/documents").all("//input[@type='file']")
    assert {".docx", ".xlsx", ".pdf", ".zip"} <= set(field.get("accept").split(","))


def test_what_is_to_be_known_of_the_reading_is_said_before_the_findings(client: Client) -> None:
    page = handed_in(client, "旧稿.txt", WORDS.encode("gb18030"))
    assert "按 GB18030 读的" in page.text("//ul[@id='notes']")
    [address] = [one for one in page.links() if one.startswith("/documents/")]
    assert "86.3%" in opened(client, address).text("//article")


def test_a_file_that_reads_plainly_goes_straight_to_its_findings(client: Client) -> None:
    assert handed_in(client, "稿.txt", WORDS.encode()).all("//ul[@id='notes']") == []
