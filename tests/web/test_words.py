"""Names of units as pages say them."""

import pytest

from gangmu.web.words import beneath


@pytest.mark.parametrize(
    ("name", "above", "said"),
    [("双桥街道中心学校", "双桥街道", "中心学校"), ("荷塘村", "西镇", "荷塘村"), ("西镇", "西镇", "西镇")],
)
def test_a_unit_is_called_without_the_name_of_the_one_above(name: str, above: str, said: str) -> None:
    assert beneath(name, above) == said
