"""What no client of ours would ask: the API answers in its own shape, never with an error of ours."""

import pytest
from django.test import Client

from tests.api.test_api import api, secretary
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
    assert api.get(f"/api/v1/{address}").status_code == 404
