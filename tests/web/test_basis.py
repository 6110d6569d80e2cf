"""The register of documents and the guides: both ways round, open to every reader, in both languages."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from gangmu.catalog.current import catalog
from gangmu.kernel.clock import local_moment
from gangmu.ledger import sequencer
from gangmu.ledger.facts import Draft
from gangmu.pages.templatetags.basis import cited
from gangmu.people.intake import record_checked
from tests.pages.conftest import Town
from tests.web.opening import opened

ROWS = "//table[@id='documents']//tbody/tr"


@pytest.fixture
def client(town: Town) -> Client:
    return town.client(town.secretary)


def test_the_register_lists_every_document_the_weightiest_first(client: Client) -> None:
    page = opened(client, "/basis")
    assert len(page.all(ROWS)) == len(catalog().basis)
    counts = [int(words.split()[-1]) for words in page.texts(ROWS)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == max(len(some) for some in catalog().resting.values())


@pytest.mark.parametrize(
    ("words", "found"), [("支部工作条例", 1), ("GB/T", 7), ("gb/t 服务", 4), ("节假日 2025", 1), ("没有这份文件", 0)]
)
def test_documents_are_found_by_title_number_and_issuer(client: Client, words: str, found: int) -> None:
    assert len(opened(client, f"/basis?q={words}").all(ROWS)) == found


@pytest.mark.parametrize("key", sorted(catalog().basis))
def test_the_page_of_a_document_shows_everything_that_rests_on_it(client: Client, key: str) -> None:
    page = opened(client, f"/basis/{key}")
    assert page.status == 200
    shown = page.texts("//main//ul[@class='gm-list']//span[@class='mono']")
    assert sorted(shown) == sorted(one.key for one in catalog().resting[key])


def test_articles_stand_with_how_much_rests_on_each(client: Client) -> None:
    rows = opened(client, "/basis/branch_work").texts("//section[@id='articles']//tbody/tr")
    told = {row.split()[0]: int(row.split()[-1]) for row in rows}
    resting = catalog().resting["branch_work"]
    assert told["第十一条"] == sum("第十一条" in one.articles for one in resting) > 1


def test_a_rule_stands_with_its_numbers_and_their_days(client: Client) -> None:
    line = next(
        text for text in opened(client, "/basis/member_education").texts("//li") if "training.member_hours" in text
    )
    assert "2019 32学时" in line


def test_a_figure_leads_to_the_document_behind_its_definition(town: Town, client: Client) -> None:
    page = opened(client, f"/figures/{town.city['荷塘支部']}/activity.sessions")
    assert any(link.startswith("/basis/") for link in page.links())


@pytest.mark.parametrize(
    ("source", "links"),
    [
        ("《中国共产党支部工作条例（试行）》（2018）第四条", ["/basis/branch_work"]),
        ("《信访工作条例》（2022）；GB/T 33358-2016《政府热线服务规范》", ["/basis/petitions", "/basis/hotline_service", "/basis/hotline_service"]),
        ("各地的通行做法（local）", []),
        ("<b>《信访工作条例》</b>", ["/basis/petitions"]),
    ],
)  # fmt: skip
def test_a_source_links_what_is_registered_and_keeps_the_rest_as_it_is(source: str, links: list[str]) -> None:
    told = str(cited(source))
    assert [part.split('"')[0] for part in told.split('href="')[1:]] == links
    assert "<b>" not in told


def test_the_file_has_a_line_for_each_citation(client: Client) -> None:
    answer = client.get("/basis.csv?q=支部工作条例")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:5] == ["文件", "文号", "谁发的", "日期", "条款"]
    assert len(rows) - 1 == len(catalog().resting["branch_work"])


@pytest.mark.parametrize("address", ["/basis/nothing", "/guides/nothing", "/guides/members_meeting"])
def test_what_is_in_no_register_is_not_found(client: Client, address: str) -> None:
    assert opened(client, address).status == 404


@pytest.mark.parametrize("key", [tag.key for tag in catalog().tags.values() if tag.guide])
def test_a_method_tells_its_steps_in_order(client: Client, key: str) -> None:
    tag = catalog().tags[key]
    assert tag.guide is not None
    page = opened(client, f"/guides/{key}")
    assert page.texts("//section[@id='steps']//ol/li") == [step.zh for step in tag.guide.steps]


def test_what_was_done_by_a_method_is_counted_on_its_page(town: Town, client: Client) -> None:
    moment = local_moment(max(date(town.today.year, 1, 1), town.today))
    body = {"tags": ["survey", "four_downs"], "present": 3}
    draft = Draft("activity.held", town.city["荷塘支部"], body, moment, moment, "by-method")  # type: ignore[arg-type]
    record_checked([draft], by=town.secretary)
    while sequencer.run_once():
        pass
    page = opened(client, "/guides/four_downs")
    assert page.text("//section[@id='done']//dd") == "1场"
    assert any("activity.sessions" in link for link in page.links("//section[@id='done']"))


def test_a_reader_who_records_nothing_is_offered_no_form(town: Town) -> None:
    page = opened(town.client(town.auditor), "/guides/four_downs")
    assert not [link for link in page.links() if link.startswith("/record")]


def test_the_pages_stand_in_english(town: Town) -> None:
    client = town.client(town.secretary, english=True)
    assert opened(client, "/basis").text("//h1") == "Documents and methods"
    assert "Rest on it" in opened(client, "/basis/branch_work").text()
    assert "How it is done" in opened(client, "/guides/four_downs").text()
