"""Minutes say what the record says and 待补 for the rest; a year's archive is checked by a stranger without us."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn
from lxml import html

from gangmu.kernel import clock
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.ledger.facts import Fact
from gangmu.orgs import actions as orgs
from gangmu.people.actions import set_password
from tests.pages.conftest import PASSWORD, Town
from tests.records.branch import MEMBERS, Branch, settle
from tests.web.opening import opened, sent

FORM = "tag.activity_form"


@pytest.fixture
def branch(town: Town) -> Branch:
    return settle(town.city, "荷塘支部")


@pytest.fixture
def client(town: Town, branch: Branch) -> Client:
    return town.client(town.secretary)


def held(town: Town, client: Client, form: str = "members_meeting", **typed: Any) -> Fact:
    told = {"idem": "a" * 32, "org": town.city["荷塘支部"], "day": town.today.isoformat(), FORM: form, **typed}
    assert sent(client, "/record/activity.held", told).status == 200
    return ledger.facts(ledger.FactFilter(kinds=frozenset({"activity.held"})), limit=1)[0]


def whole(town: Town, branch: Branch, client: Client) -> Fact:
    due = (town.today + timedelta(days=9)).isoformat()
    return held(
        town, client, absent=[branch["李冬青"]], place="村部二楼", host="林晓禾", recorder="周立春", agenda="修路",
        topic=["0"], minutes="王𠮷生：先修井盖\n大家同意😀", vote_on="matter", votes_for="3", votes_against="1",
        **{"from": "09:00", "until": "10:30", "resolved.1": "修好井盖", "owner.1": branch["周立春"], "due.1": due},
    )  # fmt: skip


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


SAID = (
    "荷塘村第一党支部支部党员大会记录", "09:00—10:30", "村部二楼", "林晓禾", "周立春", "6人", "5人", "李冬青（请假）",
    "传达学习上级文件精神", "修路", "王𠮷生：先修井盖", "大家同意😀", "赞成3票，反对1票，弃权0票",
    "应到有表决权5人，要超过50%，至少3人；4人，够", "修好井盖，责任人：周立春",
)  # fmt: skip


@pytest.mark.parametrize("words", SAID)
def test_the_page_to_print_says_what_was_recorded(town: Town, branch: Branch, client: Client, words: str) -> None:
    fact = whole(town, branch, client)
    assert words in opened(client, f"/facts/{fact.id}/minutes").text("//article").replace("\u2003", " ")


def test_word_says_the_same_with_a_sheet_on_which_everybody_can_sign(
    town: Town, branch: Branch, client: Client
) -> None:
    fact = whole(town, branch, client)
    answer = client.get(f"/facts/{fact.id}/minutes.docx")
    text = words_of(answer.content)
    for words in SAID:
        assert words in text
    assert "到会签名表" in text
    sheet = docx.Document(io.BytesIO(answer.content)).tables[-1]
    assert sheet.rows[0].cells[1].text == "姓名"
    assert {row.cells[1].text for row in sheet.rows[1:]} == set(MEMBERS)


def test_word_is_set_as_official_papers_are(town: Town, branch: Branch, client: Client) -> None:
    fact = whole(town, branch, client)
    document = docx.Document(io.BytesIO(client.get(f"/facts/{fact.id}/minutes.docx").content))
    section = document.sections[0]
    assert [round((one or 0) / 36000) for one in (section.page_width, section.page_height, section.top_margin)] == [
        210,
        297,
        37,
    ]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_what_was_not_recorded_is_left_open_and_never_made_up(town: Town, branch: Branch, client: Client) -> None:
    fact = held(town, client)
    text = words_of(client.get(f"/facts/{fact.id}/minutes.docx").content)
    assert text.count("待补") >= 4
    assert "赞成" not in text
    assert "会上定的事" not in text
    assert "缺席\n无" in text


def test_a_late_record_says_so_on_its_minutes(town: Town, branch: Branch, client: Client) -> None:
    day = town.today - timedelta(days=20)
    fact = held(town, client, day=day.isoformat(), late_reason="away")
    assert "，补录" in opened(client, f"/facts/{fact.id}/minutes").text("//article")


@pytest.mark.parametrize("form", ["heart_talk", "household_visit"])
def test_of_a_talk_and_a_visit_there_are_no_minutes(town: Town, branch: Branch, client: Client, form: str) -> None:
    typed = {"about": branch["李冬青"], "points": "问问收成"} if form == "heart_talk" else {}
    fact = held(town, client, form, **typed)
    assert client.get(f"/facts/{fact.id}/minutes").status_code == 404
    assert client.get(f"/facts/{fact.id}/minutes.docx").status_code == 404
    assert f"/facts/{fact.id}/minutes" not in opened(client, f"/facts/{fact.id}").links()


def test_whoever_may_not_see_persons_gets_no_minutes(town: Town, branch: Branch, client: Client) -> None:
    fact = whole(town, branch, client)
    leader = town.client(town.leader)
    for address in (
        f"/facts/{fact.id}/minutes",
        f"/facts/{fact.id}/minutes.docx",
        f"/units/{branch.org}/archive/{town.today.year}.zip",
    ):
        assert leader.get(address).status_code == 404, address


def test_the_minutes_of_last_month_keep_the_names_of_last_month(town: Town, branch: Branch, client: Client) -> None:
    fact = whole(town, branch, client)
    orgs.end_membership(branch.memberships["何小满"], "transferred_out", by=town.city.clerk, at=clock.today(), idem="x")
    earlier = held(town, client, day=(town.today - timedelta(days=5)).isoformat(), idem="b" * 32)
    assert "何小满" in opened(client, f"/facts/{earlier.id}/minutes").text("//article")
    assert "何小满" not in opened(client, f"/facts/{fact.id}/minutes").text("//section[@class='gm-sheet']")


# --- the archive of a year ------------------------------------------------------
def archive(client: Client, branch: Branch, year: int) -> zipfile.ZipFile:
    answer = client.get(f"/units/{branch.org}/archive/{year}.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def verified(folder: Path, *words: str) -> str:
    told = subprocess.run([sys.executable, "verify.py", *words], cwd=folder, capture_output=True, text=True)
    return told.stdout + told.stderr


def test_the_archive_holds_minutes_list_and_proofs_that_the_verifier_accepts(
    town: Town, branch: Branch, client: Client, tmp_path: Path
) -> None:
    fact = whole(town, branch, client)
    while sequencer.run_once():
        pass
    found = archive(client, branch, town.today.year)
    found.extractall(tmp_path)
    names = found.namelist()
    assert names[0] == "目录.csv"
    [minutes] = [name for name in names if name.startswith("会议记录/") and fact.id[:8] in name]
    assert "修好井盖" in words_of(found.read(minutes))
    listed = found.read("目录.csv").decode("utf-8-sig")
    assert minutes in listed
    proof = f"凭据/{fact.id}"
    assert "holds" in verified(
        tmp_path, "proof", f"{proof}.tlog-proof", "--entry", f"{proof}.json", "--key", "log.vkey"
    )


def test_a_changed_entry_is_found_out(town: Town, branch: Branch, client: Client, tmp_path: Path) -> None:
    fact = whole(town, branch, client)
    while sequencer.run_once():
        pass
    archive(client, branch, town.today.year).extractall(tmp_path)
    entry = tmp_path / f"凭据/{fact.id}.json"
    entry.write_bytes(entry.read_bytes().replace(b'"present":5', b'"present":9'))
    told = verified(
        tmp_path, "proof", f"凭据/{fact.id}.tlog-proof", "--entry", f"凭据/{fact.id}.json", "--key", "log.vkey"
    )
    assert "DOES NOT HOLD" in told


def test_a_record_that_waits_for_its_number_comes_with_its_receipt(
    town: Town, branch: Branch, client: Client, tmp_path: Path
) -> None:
    fact = whole(town, branch, client)
    archive(client, branch, town.today.year).extractall(tmp_path)
    assert "holds" in verified(tmp_path, "receipt", f"凭据/{fact.id}.receipt", "--key", "receipt.vkey")


def test_no_words_of_a_talk_lie_in_an_archive(town: Town, branch: Branch, client: Client) -> None:
    held(town, client, "heart_talk", about=branch["李冬青"], points="问问家里收成")
    found = archive(client, branch, town.today.year)
    everything = b"".join(found.read(name) for name in found.namelist()).decode("utf-8", "replace")
    assert "收成" not in everything


def test_a_year_without_records_is_a_list_without_rows_and_a_year_to_come_is_none(
    town: Town, branch: Branch, client: Client
) -> None:
    empty = archive(client, branch, 1999)
    assert len(empty.read("目录.csv").decode("utf-8-sig").splitlines()) == 1
    assert client.get(f"/units/{branch.org}/archive/{town.today.year + 1}.zip").status_code == 404


def test_the_neighbours_archive_is_not_there(town: Town, branch: Branch, client: Client) -> None:
    assert client.get(f"/units/{town.city['石桥支部']}/archive/{town.today.year}.zip").status_code == 404


def test_the_unit_page_leads_to_the_archive(town: Town, branch: Branch, client: Client) -> None:
    address = f"/units/{branch.org}/archive/{town.today.year}.zip"
    assert address in opened(client, f"/facts?org={branch.org}").links()
    who = town.city.account("kan", "leader", "青禾市")
    set_password(who.account, PASSWORD)
    reader = Client()
    reader.post("/sign-in", {"name": "kan", "password": PASSWORD})
    assert address not in html.fromstring(reader.get(f"/facts?org={branch.org}").content).xpath("//a/@href")
