"""The report of a checked document on paper: what is printed, and that the code on it is read from a scan."""

import io

import numpy
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser

from gangmu.ledger import queries as ledger
from tests.browser.visiting import open_window, sign_in
from tests.pages.conftest import Town

pytestmark = pytest.mark.browser
SPEECH = "荷塘村工作报告\n今年召开支部党员大会5次。受理诉求3件，办结1件，办结率86.3%。修剪行道树14棵，投入X万元。"
DOTS = 200  # an inch: an office scanner as it comes


def test_the_printed_report_is_whole_and_its_code_leads_to_the_head_it_names(
    chromium: Browser, site: tuple[str, Town]
) -> None:
    root, _town = site
    visit = open_window(chromium, root, "office")
    sign_in(visit, "mishu")
    visit.page.goto(f"{root}/documents")
    visit.page.fill("#f-text", SPEECH)
    visit.page.click("#upload button")
    visit.page.wait_for_selector(".gm-paper")
    visit.page.click("text=核验报告")
    visit.page.wait_for_selector(".gm-qr")
    assert visit.audit() == []
    assert visit.page.locator("[data-print]").is_visible()
    printed = pypdfium2.PdfDocument(io.BytesIO(visit.page.pdf(prefer_css_page_size=True)))
    words = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert [round(side) for side in printed[0].get_size()] == [595, 842]
    assert "记一笔" not in words
    assert all(one in words for one in ("核验报告", "1 ÷ 3 = 33.33%", "用到的数", "台账头"))
    newest = ledger.head()
    assert newest is not None
    scans = [zxingcpp.read_barcode(grey(page)) for page in printed]
    assert [one.text for one in scans if one] == [f"{root}/ledger/heads/{newest.size}?root={newest.root.hex()}"]
    visit.page.goto(next(one.text for one in scans if one))
    assert visit.page.locator("h1").inner_text().startswith("对得上")
    assert visit.audit() == []
    visit.context.close()


def grey(page: pypdfium2.PdfPage) -> "numpy.ndarray[tuple[int, int], numpy.dtype[numpy.uint8]]":
    """A page as a scanner without colours sees it."""
    picture = page.render(scale=DOTS / 72, grayscale=True)
    return numpy.asarray(picture.to_pil(), dtype=numpy.uint8)
