"""What the system refuses to do has no table, route, definition or sentence on a page (TRUST (j), docs/refusals.md).

Every name and text is held against the words by which such a thing would be called. A word stands for its forms:
`score` is met in `member_score`, `scores` and `scoring`. A new capability that needs one of these words needs a
change of the refusals first.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps
from django.urls import URLPattern, URLResolver, get_resolver

from gangmu.catalog.current import catalog
from gangmu.pages.messages import read_catalogue
from gangmu.people.queries import SLOTS

ROOT = Path(__file__).resolve().parents[2]

# The refusal of docs/refusals.md by number → the words for it, English as stems and Chinese as they are written.
REFUSED: dict[int, tuple[str, ...]] = {
    1: ("opinion", "belief", "religio", "faith", "ethnic", "surveil", "whom_met", "言论监", "信仰", "宗教", "民族成份"),
    2: ("score", "scoring", "rating", "rank", "risk_level", "blacklist", "credit_level", "评分", "打分", "得分", "信用分",
        "积分", "排名", "排行", "名次", "风险等级", "黑名单", "重点人员"),
    3: ("loyal", "ideolog", "sentiment", "attitude", "忠诚度", "思想倾向", "情绪分析", "态度分"),
    4: ("face_rec", "facial", "fingerprint", "biometric", "gps", "latitud", "longitud", "geoloc", "trajector",
        "location", "checkin(?!g)", "check_in(?![a-z])", "clockin", "clock_in(?![a-z])", "whereabout", "device_id", "chat_log", "人脸", "指纹识别",
        "定位", "轨迹", "打卡", "签到", "考勤"),
    6: ("punish", "penalt", "demerit", "deduct", "扣分", "处罚", "末位"),
    7: ("leaderboard", "league", "activity_level", "active_days", "活跃度", "排行榜", "榜单"),
    10: ("advert", "tracking", "telemetry", "训练模型"),
}  # fmt: skip
WORD = re.compile("|".join(
    rf"(?<![a-z]){word}" if word.isascii() else word for words in REFUSED.values() for word in words
), re.IGNORECASE)  # fmt: skip

# Words that mean something else where they stand, each with what it means.
ALLOWED = {
    ("matter.closed.rating", "rating"): "how content the resident is with the handling of the own matter",
    ("star_rating", "rating"): "stars that a meeting grants to a unit, never to a person",
    ("rank", "rank"): "a place that an outside body gave a unit, cited with its document",
    ("ideology", "ideolog"): "the field of work 意识形态工作, of which a unit keeps records; nobody's mind",
}


def met(text: str) -> list[str]:
    """The refused words in a name or a text; joints of names count as joints of words."""
    joined = re.sub(r"(?<=[a-z])(?=[A-Z])|[.\-]+", "_", text)
    return [found.group().lower() for found in WORD.finditer(joined.replace("__", "_"))]


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table of ours, with the tables' names."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("gangmu."):
            yield model.__module__, model._meta.db_table
            yield from ((model._meta.label, str(field.column)) for field in model._meta.concrete_fields)


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern), f"{before}{one.pattern} {one.name or ''}"


def definitions() -> Iterator[tuple[str, str]]:
    """Keys, titles and names of everything the catalog defines."""
    known = catalog()
    for key, kind in known.facts.items():
        yield key, f"{key} {kind.title.zh} {kind.title.en}"
        for field in kind.fields:
            values = " ".join(f"{value.key} {value.title.zh} {value.title.en}" for value in field.values)
            yield f"{key}.{field.key}", f"{field.key} {field.title.zh} {field.title.en} {values}"
    for key, indicator in known.indicators.items():
        yield key, f"{key} {indicator.title.zh} {indicator.title.en} {' '.join(indicator.names)}"
    for key, tag in known.tags.items():
        yield key, f"{key} {tag.title.zh} {tag.title.en}"
    for key, rule in known.rules.items():
        yield key, f"{key} {rule.title.zh} {rule.title.en}"


def texts() -> Iterator[tuple[str, str]]:
    """What pages say: the words of templates without their markup, and both sides of the translations."""
    for file in sorted((ROOT / "gangmu").rglob("templates/**/*.html")):
        text = re.sub(r"<script.*?</script>|<[^>]*>|{%.*?%}|{{.*?}}", " ", file.read_text("utf-8"), flags=re.DOTALL)
        spoken = re.findall(r"""(?:trans|translate)\s+(["'])(.*?)\1""", file.read_text("utf-8"))
        yield str(file.relative_to(ROOT)), " ".join([text, *(words for _, words in spoken)])
    for file in sorted((ROOT / "gangmu").rglob("*.po")):
        for entry in read_catalogue(file)[1:]:
            yield f"{file.relative_to(ROOT)}:{entry.line}", f"{entry.source} {entry.translation}"


def breaches(found: Iterator[tuple[str, str]]) -> list[str]:
    held = ((where, [word for word in met(text) if (where, word) not in ALLOWED]) for where, text in found)
    return [f"{where}: {', '.join(words)}" for where, words in held if words]


def test_no_table_has_a_place_for_what_is_refused() -> None:
    assert breaches(columns()) == []


@pytest.mark.django_db
def test_the_database_itself_has_no_other_columns_than_the_models() -> None:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        told = [(table, column.name) for table in sorted(ours & set(connection.introspection.table_names(cursor)))
                for column in connection.introspection.get_table_description(cursor, table)]  # fmt: skip
    assert len(told) > 50
    assert breaches(iter(told)) == []


def test_no_route_leads_to_what_is_refused() -> None:
    found = list(routes(get_resolver().url_patterns))
    assert len(found) > 15
    assert breaches(iter(found)) == []


def test_no_definition_records_or_counts_what_is_refused() -> None:
    assert len(list(definitions())) > 200
    assert breaches(definitions()) == []


def test_no_page_speaks_of_what_is_refused() -> None:
    assert len(list(texts())) > 100
    assert breaches(texts()) == []


def test_of_a_person_nothing_else_is_kept_than_the_list_says() -> None:
    assert set(SLOTS) == {"name", "sex", "birth_month", "education", "contact"}


@isolate_apps("gangmu.people")
def test_a_planted_score_of_a_resident_is_caught() -> None:
    class Resident(models.Model):
        score = models.IntegerField()

        class Meta:
            app_label = "people"

    planted = [(Resident._meta.label, str(field.column)) for field in Resident._meta.concrete_fields]
    assert breaches(iter(planted)) == ["people.Resident: score"]


@pytest.mark.parametrize(
    "name",
    ["resident.score", "memberScore", "risk_level", "loyalty", "face-recognition", "/people/<id>/location/",
     "check-in", "clockIn", "ranking", "ethnicity", "居民积分", "党员排名", "人脸比对", "打卡次数", "活跃度", "sentiment_of"],
)  # fmt: skip
def test_each_of_these_names_would_be_caught(name: str) -> None:
    assert met(name) != []


@pytest.mark.parametrize(
    "name", ["scope", "check", "checked", "allocation", "operating", "franking", "integrating", "clock", "figure",
             "interface", "打开", "评议", "分数", "接诉即办"],
)  # fmt: skip
def test_honest_names_are_left_alone(name: str) -> None:
    assert met(name) == []


def test_every_refusal_that_has_words_stands_in_the_published_list() -> None:
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", (ROOT / "docs/refusals.md").read_text("utf-8"), re.M)}
    assert set(REFUSED) <= listed
    assert listed == set(range(1, 11))


def test_every_allowed_word_is_still_in_use() -> None:
    used = {(where, word) for where, text in definitions() for word in met(text)}
    assert set(ALLOWED) - used == set()
