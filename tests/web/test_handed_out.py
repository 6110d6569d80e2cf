"""A checked document goes out again: as Word with comments, as a report for paper; neither leaves a trace."""

import io
import re

import docx
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gangmu.documents.models import Draft
from gangmu.ledger import queries as ledger
from gangmu.reading.read import read_bytes
from gangmu.web import report
from tests.documents.word_files import comments_of, members, paragraph, run, word_file
from tests.pages.conftest import Town
from tests.web.opening import Page, opened, sent

SPEECH = "荷塘村工作报告\n今年召开支部党员大会5次。受理诉求3件，办结1件，办结率86.3%。修剪行道树14棵，投入X万元。\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


@pytest.fixture
def checked(client: Client) -> Page:
    return sent(client, "/documents", {"text": SPEECH})


def original() -> bytes:
    """The same speech as somebody's Word file: bold, in a table, one number over two runs."""
    lines = SPEECH.strip().split("\n")
    first, rest = lines[1].split("办结率86.3%")
    return word_file(
        paragraph(run(lines[0], "<w:b/>"))
        + paragraph(run(first + "办结率"), run("86.", "<w:i/>"), run("3%"), run(rest))
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('附表'))}</w:tc></w:tr></w:tbl>"
    )


@pytest.fixture
def word(client: Client) -> Page:
    return sent(client, "/documents", {"file": SimpleUploadedFile("报告.docx", original())})


# --- Word -------------------------------------------------------------------------------------------------------------


def test_pasted_text_comes_back_as_word_with_a_comment_at_each_number_in_doubt(client: Client, checked: Page) -> None:
    answer = client.get(f"{checked.address}/word")
    found = comments_of(answer.content)
    assert answer["Content-Type"] == WORD
    assert [one.about for one in found] == ["5次", "86.3%", "14棵"]
    assert found[0].lines[0].startswith("不符：文中写“5次”")
    assert "台账：3场" in found[0].lines[-1]
    assert found[2].lines == ("未认定：“14棵”还没有指明是哪项指标。",)


def test_a_comment_bears_the_address_that_explains_the_figure(client: Client, checked: Page) -> None:
    [first, *_] = comments_of(client.get(f"{checked.address}/word").content)
    address = first.lines[-1].rpartition(" ")[2]
    assert address.startswith("http://testserver/figures/")
    assert "支部党员大会" in opened(client, address.removeprefix("http://testserver")).text("//h1")


def test_the_last_page_counts_what_the_document_page_counts(client: Client, checked: Page) -> None:
    text = read_bytes("稿.docx", client.get(f"{checked.address}/word").content).source.text
    assert "《荷塘村工作报告》核验小结\n对照：荷塘村第一党支部，" in text
    assert "共6个，不符 2，待补 1，未认定 1，已证实 2。" in text
    assert re.search("不符（2个）\n1. “5次”：.*\n2. “86.3%”：1 ÷ 3 = 33.33%", text)


def test_the_words_of_the_document_come_back_as_they_were(client: Client, checked: Page) -> None:
    text = read_bytes("稿.docx", client.get(f"{checked.address}/word").content).source.text
    assert text.startswith(SPEECH)


def test_a_word_file_given_once_more_keeps_its_own_layout(client: Client, word: Page) -> None:
    answer = client.post(f"{word.address}/word", {"original": SimpleUploadedFile("另一个名字.docx", original())})
    before, after = members(original()), members(answer.content)
    assert [one.about for one in comments_of(answer.content)] == ["5次", "86.3%", "14棵"]
    assert all(after[name] == before[name] for name in ("word/styles.xml", "word/numbering.xml", "_rels/.rels"))
    assert "<w:tbl>" in after["word/document.xml"].decode()
    assert "filename*=UTF-8''%E6%8A%A5%E5%91%8A" in answer["Content-Disposition"]


def test_without_the_file_the_text_of_a_word_document_is_set_anew(client: Client, word: Page) -> None:
    answer = client.get(f"{word.address}/word")
    assert [one.about for one in comments_of(answer.content)] == ["5次", "86.3%", "14棵"]
    assert docx.Document(io.BytesIO(answer.content)).core_properties.author == ""


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "还没有选文件"),
        (SimpleUploadedFile("报告.docx", b"no word file"), "打不开"),
        (SimpleUploadedFile("报告.docx", word_file(paragraph(run("别的文字3件")))), "不是核验时的那个文件"),
    ],
)
def test_another_file_than_the_checked_one_is_refused_in_place(
    client: Client, word: Page, file: SimpleUploadedFile | None, words: str
) -> None:
    answer = client.post(f"{word.address}/word", {"original": file} if file else {})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_only_of_a_word_file_is_the_file_asked_for_again(client: Client, checked: Page, word: Page) -> None:
    asked = "//form[@enctype='multipart/form-data']"
    assert not opened(client, checked.address).all(asked)
    [form] = opened(client, word.address).all(asked)
    assert form.get("action") == f"{word.address}/word"


# --- the report -------------------------------------------------------------------------------------------------------


def test_the_report_shows_the_text_with_a_shape_and_a_number_at_each_figure(client: Client, checked: Page) -> None:
    shown = opened(client, f"{checked.address}/report")
    marks = shown.all("//article//a[starts-with(@id,'n-')]")
    assert [one.xpath("string(.//span)") for one in marks] == ["1", "2", "3", "4", "5", "6"]
    drawings = {one.get("class").split()[1]: one.xpath(".//use/@href")[0] for one in marks}
    assert len(set(drawings.values())) == len(drawings) == 4
    assert "".join(shown.text("//article").split()).startswith("荷塘村工作报告今年召开支部党员大会5次1。")


def test_every_number_is_explained_under_its_number(client: Client, checked: Page) -> None:
    shown = opened(client, f"{checked.address}/report")
    said = {one.get("value"): one.text_content() for one in shown.all("//ol[@class='gm-found']/li")}
    assert sorted(said) == ["1", "2", "3", "4", "5", "6"]
    assert "1 ÷ 3 = 33.33%" in said["4"]
    assert shown.all("//section[starts-with(@id,'g-')]")[0].get("id") == "g-contradiction"


def test_each_figure_stands_once_with_its_definition_days_and_number_of_records(client: Client, checked: Page) -> None:
    rows = opened(client, f"{checked.address}/report").texts("//section[@id='figures']//tbody/tr")
    assert len(rows) == 4
    assert re.search("活动场次（支部党员大会） .*2026年|活动场次（支部党员大会）.*20..年", rows[0])
    assert "3场" in rows[0]
    assert "依据 《中国共产党支部工作条例" in rows[0]
    assert rows[0].endswith("3 1")


def test_the_report_bears_the_head_of_the_ledger_and_a_code_that_leads_to_it(client: Client, checked: Page) -> None:
    newest = ledger.head()
    assert newest is not None
    shown = opened(client, f"{checked.address}/report")
    assert newest.root.hex()[:16] in shown.text("//section[@id='head']")
    [path] = shown.all("//section[@id='head']//*[local-name()='path' and contains(@class,'gm-qr-ink')]")
    [drawing] = shown.all("//section[@id='head']//*[local-name()='svg']")
    side = int(drawing.get("viewbox").split()[2])
    address = scanned(report.Code(side, path.get("d")))
    assert address == f"http://testserver/ledger/heads/{newest.size}?root={newest.root.hex()}"
    assert "对得上" in opened(client, address.removeprefix("http://testserver")).text("//h1")


def scanned(code: report.Code, dots: int = 4) -> str:
    """What a scanner reads from the drawing, printed at so many dots a module."""
    import numpy

    paper = numpy.full((code.side * dots, code.side * dots), 255, numpy.uint8)
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        x, y, w = int(left) * dots, int(top) * dots, int(width) * dots
        paper[y : y + dots, x : x + w] = 0
    return str(zxingcpp.read_barcode(paper).text)


@pytest.mark.parametrize("length", [1, 40, 150, 600])
def test_a_code_of_any_length_is_read_back(length: int) -> None:
    address = "https://example/" + "a" * length
    assert scanned(report.code(address)) == address


def test_texts_that_differ_have_other_digests() -> None:
    assert report.short_digest("3件") != report.short_digest("3件 ")
    assert re.fullmatch("([0-9a-f]{4} ){3}[0-9a-f]{4}", report.short_digest("3件\ud800"))


def test_the_report_needs_no_other_host_and_no_style_of_its_own(client: Client, checked: Page) -> None:
    source = opened(client, f"{checked.address}/report").source
    assert not re.search(r'(src|href)="(https?:)?//|<style| style=|<script(?![^>]*\bsrc=)', source)


def test_in_english_nothing_but_names_and_quotations_is_chinese(town: Town, client: Client, checked: Page) -> None:
    browser = town.client(town.secretary, english=True)
    shown = opened(browser, f"{checked.address}/report")
    left = [one for one in shown.all("//main//text()[not(ancestor::*[@lang='zh-Hans'])]") if HAN.search(str(one))]
    assert left == []
    told = comments_of(browser.get(f"{checked.address}/word").content)
    assert told[0].lines[0].startswith("Contradiction: The text says")
    assert told[0].lines[-1].startswith("Ledger: 3 sessions (")


# --- the ledger's head ------------------------------------------------------------------------------------------------


def test_a_root_of_another_ledger_does_not_agree(client: Client, town: Town) -> None:
    shown = opened(client, f"/ledger/heads/3?root={'0' * 64}")
    assert shown.text("//h1").startswith("对不上")
    assert shown.typed("root") == "0" * 64


def test_every_earlier_size_has_its_own_root(client: Client, town: Town) -> None:
    roots = {opened(client, f"/ledger/heads/{size}").text("//dd[1]") for size in (1, 2, 3, ledger.size())}
    assert len(roots) == 4
    whole = opened(client, f"/ledger/heads/{ledger.size()}").text("//dd[1]")
    newest = ledger.head()
    assert newest is not None
    assert whole == newest.root.hex()


@pytest.mark.parametrize("root", ["zz", "0" * 7, "0" * 65, "g" * 64])
def test_what_is_no_root_is_said_plainly(client: Client, town: Town, root: str) -> None:
    shown = opened(client, f"/ledger/heads/3?root={root}")
    assert "8到64位" in shown.text("//*[@role='alert']")
    assert "对得上" not in shown.text("//h1")


def test_a_size_never_reached_is_a_page_that_does_not_exist(client: Client, town: Town) -> None:
    for size in ("0", str(ledger.size() + 1), "9" * 30):
        assert opened(client, f"/ledger/heads/{size}").status == 404


# --- who may, and what is left behind ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["word", "report"])
def test_anothers_document_is_a_page_that_does_not_exist(town: Town, checked: Page, what: str) -> None:
    stranger = town.client(town.leader)
    missing = opened(stranger, f"/documents/{'0' * 32}/{what}")
    other = opened(stranger, f"{checked.address}/{what}")
    assert (other.status, other.text("//body")) == (404, missing.text("//body"))


@pytest.mark.parametrize("what", ["word", "report"])
def test_who_is_not_signed_in_is_sent_to_sign_in(checked: Page, what: str) -> None:
    assert Client().get(f"{checked.address}/{what}").status_code == 302


def test_handing_out_records_nothing_and_keeps_no_file(client: Client, word: Page) -> None:
    facts, drafts = ledger.count(ledger.FactFilter()), list(Draft.objects.values())
    client.get(f"{word.address}/word")
    client.get(f"{word.address}/report")
    client.post(f"{word.address}/word", {"original": SimpleUploadedFile("报告.docx", original())})
    assert ledger.count(ledger.FactFilter()) == facts
    assert list(Draft.objects.values()) == drafts


def test_the_page_of_the_document_offers_both(client: Client, checked: Page) -> None:
    assert {f"{checked.address}/word", f"{checked.address}/report"} <= set(opened(client, checked.address).links())
