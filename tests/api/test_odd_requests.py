"""What no client of ours would ask: the API answers in its own shape, never with an error of ours."""

import pytest
from django.test import Client

from tests.api.test_api import api, problem_of, secretary
from tests.orgs.cast import City

__all__ = ["api", "secretary"]
YEAR = "from=2025-01-01&to=2025-12-31"


@pytest.mark.parametrize("odd", ["%27", "x" * 300, "%2e%2e", "-1", "9" * 40])
def test_an_odd_name_is_not_there_or_cannot_be_read_and_that_is_said(city: City, api: Client, odd: str) -> None:
    org = city["柳溪支部"]
    for address in (f"/api/v1/organisations/{odd}", f"/api/v1/figures/{odd}?{YEAR}", f"/api/v1/figures/{org}/{odd}?{YEAR}",
                    f"/api/v1/facts/{odd}", f"/api/v1/facts?org={odd}&{YEAR}", f"/api/v1/facts?org={org}&{YEAR}&kind={odd}",
                    f"/api/v1/facts?org={org}&{YEAR}&page={odd}", f"/api/v1/organisations?under={odd}",
                    f"/api/v1/organisations?words={odd}", f"/api/v1/figures/{org}?from={odd}&to={odd}"):  # fmt: skip
        answer = api.get(address)
        assert answer.status_code in (200, 404, 422), address
        if answer.status_code != 200:
            [problem, *_] = answer.json()["problems"]
            assert problem["message"], address
            assert problem["message_en"], address


@pytest.mark.parametrize("address", ["organisations/%00", "facts/%00", "facts?org=%00", "organisations?words=a%00b"])
def test_no_address_holds_a_nul(city: City, api: Client, address: str) -> None:
    """PostgreSQL keeps none, so it would stumble; the site's own door turns such an address away before the API."""
    assert problem_of(api.get(f"/api/v1/{address}"), 404)["code"] == "api.no_address"


@pytest.mark.parametrize("address", ["/api/", "/api/v1/", "/api/v2/facts", "/api/v1/nothing"])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_beside_the_api_is_a_problem_whatever_the_method(db: None, address: str, method: str) -> None:
    assert problem_of(getattr(Client(), method)(address), 404)["code"] == "api.no_address"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head"])
def test_a_method_that_an_address_does_not_know_is_a_problem_that_names_those_it_does(
    city: City, api: Client, method: str
) -> None:
    for address in ("organisations", f"figures/{city['柳溪支部']}/activity.sessions", "log/checkpoint"):
        answer = getattr(api, method)(f"/api/v1/{address}")
        assert answer["Allow"] == "GET"
        assert answer.status_code == 405
        if method != "head":
            assert problem_of(answer, 405)["code"] == "api.no_method"


def test_a_fault_of_ours_is_a_problem_without_its_cause(
    city: City, api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the very secret cause")

    monkeypatch.setattr("gangmu.orgs.queries.tops", broken)
    api.raise_request_exception = False
    answer = api.get("/api/v1/organisations")
    assert problem_of(answer, 500)["code"] == "api.broken"
    assert "secret" not in answer.content.decode()


def test_another_hosts_name_is_refused_as_a_problem(api: Client) -> None:
    assert problem_of(api.get("/api/v1/organisations", headers={"Host": "evil.example"}), 400)["code"] == "api.unfit"
