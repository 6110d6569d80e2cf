"""The page that checks documents: by paste, by upload, with plain sentences for what cannot be read."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages.conftest import Town

SPEECH = "关于走访工作的报告\n全年收集诉求1233件，办结1187件，办结率86.3%。计划投入X万元。\n"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_pasted_text_is_shown_as_it_reads_with_its_wrong_number_first(town: Town) -> None:
    shown = text(town.client(town.leader).post("/documents", {"text": SPEECH}))
    assert "有1处不符" in shown
    assert "关于走访工作的报告" in shown
    assert shown.index('id="g-contradiction"') < shown.index('id="g-placeholder"')
    assert 'class="cl cl-no"' in shown


def test_an_uploaded_file_is_read_by_its_kind(town: Town) -> None:
    file = SimpleUploadedFile("讲话.html", f"<p>{SPEECH}</p>".encode())
    shown = text(town.client(town.leader).post("/documents", {"file": file}))
    assert "讲话.html" in shown
    assert "&lt;p&gt;" not in shown


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.7"), ("a.docx", b"PK broken"), ("a.txt", b"\xff\xff\x00")]
)
def test_a_file_that_cannot_be_used_gets_a_sentence_and_what_was_typed_stays(
    town: Town, name: str, data: bytes
) -> None:
    form = {"file": SimpleUploadedFile(name, data), "org": "青禾市"}
    answer = town.client(town.leader).post("/documents", form)
    assert answer.status_code == 422
    assert name in text(answer)
    assert 'value="青禾市"' in text(answer)


def test_nothing_handed_in_is_said(town: Town) -> None:
    answer = town.client(town.leader).post("/documents", {"text": "  \n"})
    assert answer.status_code == 422
    assert "还没有稿子" in text(answer)


def test_whoever_may_not_check_documents_finds_no_such_page(town: Town) -> None:
    assert town.client(town.auditor).get("/documents").status_code == 404


def test_a_text_that_holds_markup_is_shown_and_not_run(town: Town) -> None:
    shown = text(town.client(town.leader).post("/documents", {"text": "全年走访<b onclick=alert(1)>企业</b>412家。"}))
    assert "<b onclick" not in shown
    assert "412" in shown


def test_the_english_page_explains_in_english(town: Town) -> None:
    shown = text(town.client(town.leader, english=True).post("/documents", {"text": SPEECH}))
    assert "1 contradiction(s)" in shown
