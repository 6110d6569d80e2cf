"""The API answers inside the token's scope, as the pages do, and refuses in whole sentences."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gangmu.api import commands, tokens
from gangmu.catalog.current import catalog
from gangmu.indicators.commands import figure
from gangmu.kernel import clock
from gangmu.kernel.problems import Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.ledger import sequencer
from gangmu.orgs import actions as orgs
from gangmu.pages.messages import HAN
from gangmu.records.actions import record_fact
from tests.orgs.cast import City

ROOT = Path(__file__).resolve().parents[2]
YEAR = {"from": f"{clock.today().year}-01-01", "to": f"{clock.today().year}-12-31"}


def bearer(who: Actor, days: int = 30) -> Client:
    token = tokens.issue(who.account, days=days, on=clock.today())
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def secretary(city: City) -> Actor:
    return city.account("secretary", "branch_secretary", "柳溪村")


@pytest.fixture
def api(secretary: Actor) -> Client:
    return bearer(secretary)


def lecture(city: City, by: Actor, idem: str = "one") -> str:
    body = {"tags": ["lecture"], "present": 12}
    sealed = {"subject": "谁都不该在接口里读到这一句"}
    unit = city["柳溪支部"]
    return record_fact("activity.held", unit, body=body, sealed=sealed, on=clock.today(), by=by, idem=idem).id


def test_without_a_token_nothing_is_said(city: City) -> None:
    assert Client().get("/api/v1/organisations").status_code == 401


SHAPE = {"code", "where", "rule", "message", "message_en"}


def problem_of(answer: Any, status: int) -> dict[str, str]:
    """The one problem of a refusal, which has nothing beside its problems."""
    assert answer.status_code == status
    told = answer.json()
    assert set(told) == {"problems"}
    problem: dict[str, str] = told["problems"][0]
    assert len(told["problems"]) == 1
    assert set(problem) == SHAPE
    assert problem["message"]
    assert problem["message_en"]
    assert not HAN.search(problem["message_en"])
    return problem


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer guess"}, {"Authorization": "Basic eDp5"}])
@pytest.mark.parametrize("path", ["organisations", "figures/QH", "facts", "facts/0"])
def test_without_a_good_token_one_reads_how_to_come_by_one(city: City, headers: dict[str, str], path: str) -> None:
    problem = problem_of(Client(headers=headers).get(f"/api/v1/{path}"), 401)
    assert (problem["code"], problem["where"]) == ("api.no_token", "Authorization")
    assert "Bearer" in problem["message"]


@pytest.mark.parametrize("path", ["organisation", "figures", "facts/0/1/2", "log", "log/tile"])
def test_an_address_that_the_api_does_not_have_is_a_problem_too(city: City, api: Client, path: str) -> None:
    problem = problem_of(api.get(f"/api/v1/{path}"), 404)
    assert problem["code"] == "api.no_address"
    assert "openapi.json" in problem["message"]


def test_what_is_not_there_is_said_in_the_shape_of_every_problem(city: City, api: Client) -> None:
    problem_of(api.get("/api/v1/organisations/0123456789abcdef"), 404)
    problem_of(api.get(f"/api/v1/facts/{'0' * 32}"), 404)
    problem_of(api.get(f"/api/v1/figures/{city['柳溪村']}/loyalty.score", YEAR), 404)
    problem_of(api.get(f"/api/v1/figures/{city['柳溪村']}/activity.sessions[nothing]", YEAR), 422)


def test_before_the_first_checkpoint_the_log_says_that_there_is_none(city: City) -> None:
    assert problem_of(Client().get("/api/v1/log/checkpoint"), 404)["code"] == "api.no_head"
    tile = problem_of(Client().get("/api/v1/log/tile/0/000.p/1"), 404)
    assert (tile["code"], tile["where"]) == ("api.no_tile", "tile/0/000.p/1")


def test_a_token_ends_on_its_day(secretary: Actor) -> None:
    token = tokens.issue(secretary.account, days=1, on=clock.today())
    assert tokens.actor_of(token, clock.today() + timedelta(days=1)) is not None
    assert tokens.actor_of(token, clock.today() + timedelta(days=2)) is None


def test_no_token_lives_longer_than_a_year(secretary: Actor) -> None:
    token = tokens.issue(secretary.account, days=4000, on=clock.today())
    assert tokens.actor_of(token, clock.today() + timedelta(days=366)) is None


def test_the_token_of_a_closed_account_speaks_for_nobody(city: City, secretary: Actor) -> None:
    client = bearer(secretary)
    orgs.close_account(secretary.account, by=city.keeper, at=clock.today(), idem="close")
    assert client.get("/api/v1/organisations").status_code == 401


def test_no_token_is_issued_for_a_closed_account(city: City, secretary: Actor) -> None:
    orgs.close_account(secretary.account, by=city.keeper, at=clock.today(), idem="close")
    with pytest.raises(Refused) as refusal:
        tokens.issue(secretary.account, days=1, on=clock.today())
    assert [problem.code for problem in refusal.value.problems] == ["api.account_closed"]


@pytest.mark.parametrize("days", ["0", "-1", "366", "1.5", "٣", "9" * 5000, ""])
def test_a_token_is_asked_for_one_to_365_days(days: str, secretary: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.token(["secretary", "--days", days])
    assert ended.value.code == 2
    assert "365" in capsys.readouterr().err


def test_the_tops_of_the_scope_come_first(city: City, api: Client) -> None:
    found = api.get("/api/v1/organisations").json()
    assert [row["id"] for row in found] == [city["柳溪村"]]


def test_units_are_found_by_words_inside_the_scope_only(city: City, api: Client) -> None:
    assert [row["name"] for row in api.get("/api/v1/organisations", {"words": "第一党支部"}).json()] == [
        "柳溪村第一党支部"
    ]


def test_children_are_listed_under_a_unit(city: City, api: Client) -> None:
    found = api.get("/api/v1/organisations", {"under": city["柳溪村"]}).json()
    assert [row["id"] for row in found] == [city["柳溪支部"]]


def test_a_strangers_unit_is_not_found_just_as_one_that_does_not_exist(city: City, api: Client) -> None:
    foreign = api.get(f"/api/v1/organisations/{city['荷塘村']}")
    missing = api.get("/api/v1/organisations/0123456789abcdef")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_a_strangers_fact_is_not_found_just_as_one_that_does_not_exist(city: City, api: Client) -> None:
    body = {"tags": ["lecture"]}
    hidden = record_fact("activity.held", city["荷塘村"], body=body, on=clock.today(), by=city.clerk, idem="far")
    foreign = api.get(f"/api/v1/facts/{hidden.id}")
    missing = api.get(f"/api/v1/facts/{'0' * 32}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001-12-31"), ("2025-01-01", "9999-12-31"),
                                             ("2025-02-01", "2025-01-01")])  # fmt: skip
def test_days_beyond_the_calendar_are_refused_and_never_an_error(
    city: City, api: Client, first: str, last: str
) -> None:
    answer = api.get(f"/api/v1/figures/{city['柳溪村']}", {"from": first, "to": last})
    assert answer.status_code == 422
    assert [problem["code"] for problem in answer.json()["problems"]] == ["period.order"]


def test_a_recorded_fact_is_in_the_very_next_figure(city: City, secretary: Actor, api: Client) -> None:
    address = f"/api/v1/figures/{city['柳溪村']}/activity.sessions[lecture]"
    before = api.get(address, YEAR).json()
    assert before["value"] is None
    assert before["why"] == "absent"
    lecture(city, secretary)
    after = api.get(address, YEAR).json()
    assert after["value"] == after["parts"][0]["value"] == 1
    assert after["indicator"] == "activity.sessions[lecture]"
    assert after["ledger_size"] == before["ledger_size"] + 1


def test_the_api_and_the_command_line_tell_the_same_numbers(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    whole = bearer(city.clerk)
    lecture(city, city.clerk)
    told = whole.get(f"/api/v1/figures/{city.root}/activity.sessions", YEAR).json()
    assert figure(["activity.sessions", "--org", "QH", "--from", YEAR["from"], "--to", YEAR["to"]]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert told["value"] == 1
    assert told | {"org": "QH"} == printed  # an id there, the code asked for here
    assert (told["from"], told["to"]) == (YEAR["from"], YEAR["to"])


def test_a_rate_says_what_was_divided_and_how_well_its_rule_is_known(city: City, secretary: Actor, api: Client) -> None:
    lecture(city, secretary)
    every = {row["indicator"]: row for row in api.get(f"/api/v1/figures/{city['柳溪村']}", YEAR).json()}
    rate = every["record.late_share"]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (0, 1, 0)
    statuses = {key: one.source_status for key, one in catalog().indicators.items()}
    assert {key: row["source_status"] for key, row in every.items()} == statuses
    assert "unverified" in statuses.values()


def test_a_unit_may_be_named_by_its_code_everywhere(city: City) -> None:
    whole = bearer(city.clerk)
    lecture(city, city.clerk)
    for path, more in [("organisations/{}", {}), ("figures/{}", YEAR), ("figures/{}/activity.sessions", YEAR)]:
        by_code, by_id = (whole.get("/api/v1/" + path.format(name), more) for name in ("QH", city.root))
        assert by_code.status_code == 200
        assert by_code.json() == by_id.json()
    by_code, by_id = (whole.get("/api/v1/facts", {"org": name, **YEAR}).json() for name in ("QH", city.root))
    assert by_code["total"] == by_id["total"] > 0
    assert whole.get("/api/v1/organisations", {"under": "QH"}).json()


def test_the_code_of_a_strangers_unit_is_not_found_just_as_one_that_does_not_exist(api: Client) -> None:
    foreign, missing = (api.get(f"/api/v1/organisations/{code}") for code in ("QH", "NOWHERE"))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


@pytest.mark.parametrize(
    ("path", "changed", "code", "where"),
    [
        ("figures/QH", {"from": "2025-13-01"}, "api.value", "from"),
        ("figures/QH/activity.sessions", {"to": "gestern"}, "api.value", "to"),
        ("figures/QH/activity.sessions", {"to": None}, "api.missing", "to"),
        ("figures/QH/activity.sessions", {"tree_day": "2025-02-30"}, "api.value", "tree_day"),
        ("figures/QH", {"as_known": "some"}, "api.value", "as_known"),
        ("facts", {"org": "QH", "page": "two"}, "api.value", "page"),
        ("facts", {}, "api.missing", "org"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_problem_in_both_languages_that_names_it(
    api: Client, path: str, changed: dict[str, str | None], code: str, where: str
) -> None:
    answer = api.get(f"/api/v1/{path}", {name: value for name, value in (YEAR | changed).items() if value is not None})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["code"], problem["where"]) == (code, where)
    assert where in problem["message"]
    assert where in problem["message_en"]


def test_a_figure_of_a_stranger_is_not_found(city: City, api: Client) -> None:
    assert api.get(f"/api/v1/figures/{city['荷塘村']}/activity.sessions", YEAR).status_code == 404


def test_an_unknown_indicator_is_not_found(city: City, api: Client) -> None:
    assert api.get(f"/api/v1/figures/{city['柳溪村']}/loyalty.score", YEAR).status_code == 404


def test_every_indicator_of_a_unit_comes_in_one_answer(city: City, api: Client) -> None:
    found = api.get(f"/api/v1/figures/{city['柳溪村']}", YEAR).json()
    assert "activity.sessions" in {row["indicator"] for row in found}


def test_figures_are_had_as_they_were_known_and_by_the_tree_of_another_day(
    city: City, secretary: Actor, api: Client
) -> None:
    unit = city["柳溪村"]
    lecture(city, secretary)
    sequencer.run_until_empty()
    size = ledger.size()
    lecture(city, secretary, "again")
    sequencer.run_until_empty()
    address, day = f"/api/v1/figures/{unit}/activity.sessions", secretary.scope.day.isoformat()
    now, then = api.get(address, YEAR).json(), api.get(address, {**YEAR, "as_known": size, "tree_day": day}).json()
    assert (now["value"], then["value"]) == (2, 1)
    assert (then["ledger_size"], then["tree_day"]) == (size, day)
    every = api.get(f"/api/v1/figures/{unit}", {**YEAR, "as_known": size}).json()
    assert {row["ledger_size"] for row in every} == {size}
    assert {row["value"] for row in every if row["indicator"] == "activity.sessions"} == {1}
    assert api.get(address, {**YEAR, "as_known": size + 10_000}).json()["problems"][0]["where"] == "as_known"


def test_a_period_that_ends_before_it_starts_is_refused_with_the_reason(city: City, api: Client) -> None:
    turned = {"from": YEAR["to"], "to": YEAR["from"]}
    answer = api.get(f"/api/v1/figures/{city['柳溪村']}/activity.sessions", turned)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "period.order"


def test_facts_come_with_their_body_and_never_with_what_is_sealed(city: City, secretary: Actor, api: Client) -> None:
    told = lecture(city, secretary)
    page = api.get("/api/v1/facts", {"org": city["柳溪村"], "kind": "activity.held", **YEAR})
    assert page.json()["total"] == 1
    one = api.get(f"/api/v1/facts/{told}")
    assert one.json()["body"]["present"] == 12
    assert one.json()["sealed"] == ["subject"]
    assert "不该在接口里" not in page.content.decode() + one.content.decode()


def test_a_page_far_beyond_the_last_is_empty_and_no_error(city: City, api: Client) -> None:
    answer = api.get("/api/v1/facts", {"org": city["柳溪村"], "page": "9" * 25, **YEAR})
    assert answer.status_code == 200
    assert answer.json()["facts"] == []


def test_a_fact_of_a_stranger_is_not_found(city: City, secretary: Actor) -> None:
    told = lecture(city, secretary)
    neighbour = bearer(city.account("neighbour", "branch_secretary", "荷塘村"))
    assert neighbour.get(f"/api/v1/facts/{told}").status_code == 404


def test_the_checkpoint_and_hash_tiles_are_public_and_entries_are_not(city: City) -> None:
    assert Client().get("/api/v1/log/checkpoint").status_code == 404
    sequencer.run_until_empty()
    note = Client().get("/api/v1/log/checkpoint").content.decode()
    size = int(note.splitlines()[1])
    tile = Client().get(f"/api/v1/log/tile/0/000.p/{size}")
    assert len(tile.content) == 32 * size
    assert Client().get("/api/v1/log/tile/0/000.p/999").status_code == 404
    assert Client().get(f"/api/v1/log/tile/entries/000.p/{size}").status_code == 404


def test_the_description_in_the_repository_is_what_the_api_offers() -> None:
    written = (ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8")
    assert written == commands.description()


def test_every_operation_has_a_summary_and_asks_for_a_token_but_for_the_logs_public_files() -> None:
    described = json.loads(commands.description())
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert bool(operation.get("security")) != path.startswith("/api/v1/log/"), path
