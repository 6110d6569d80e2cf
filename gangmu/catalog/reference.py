"""The catalog as documents: lists of kinds of fact, indicators, tags, rules and duties, and the words of the glossary.

Written by `catalog docs`; a test holds that the files say what the catalog says.
"""

from pathlib import Path

from gangmu.catalog.activity_reference import activities_page
from gangmu.catalog.basis_reference import basis_page
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import FactKind, Field, Indicator
from gangmu.catalog.dues_reference import dues_page
from gangmu.catalog.duty_reference import duties_page, holidays_page, responsibilities_page
from gangmu.catalog.markdown import page, table
from gangmu.catalog.schema import write_schemas
from gangmu.catalog.way_reference import ways_page

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = ROOT / "GLOSSARY.md"
BEGIN, END = "<!-- from the catalog: begin -->", "<!-- from the catalog: end -->"


def write_docs(catalog: Catalog) -> None:
    """Write every document and schema that follows from the catalog and its models."""
    write_schemas()
    for path, text in documents(catalog).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    GLOSSARY.write_text(glossary(catalog, GLOSSARY.read_text(encoding="utf-8")), encoding="utf-8")


def documents(catalog: Catalog) -> dict[Path, str]:
    """Path → text of the reference lists."""
    folder = ROOT / "docs" / "reference"
    return {
        folder / "facts.md": page("Kinds of fact 事实种类", map(_fact_kind, catalog.facts.values())),
        folder / "indicators.md": page("Indicators 指标", map(_indicator, catalog.indicators.values())),
        folder / "tags.md": page("Tags 标签", [_tags(catalog)]),
        folder / "rules.md": page("Rules 规定", [_rules(catalog)]),
        folder / "duties.md": duties_page(catalog),
        folder / "activities.md": activities_page(catalog),
        folder / "basis.md": basis_page(catalog),
        folder / "dues.md": dues_page(catalog),
        folder / "ways.md": ways_page(catalog),
        folder / "responsibilities.md": responsibilities_page(catalog),
        folder / "holidays.md": holidays_page(catalog),
    }


def glossary(catalog: Catalog, text: str) -> str:
    """The glossary's text with the part that follows from the catalog brought up to date."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{_words(catalog)}{END}{after}"


def _fact_kind(kind: FactKind) -> str:
    tags = [*(f"{family} (one)" for family in kind.tags_required), *kind.tags_allowed]
    facts = [
        f"## {kind.key} {kind.title.zh}\n\n{kind.title.en}. {kind.why.en}\n{kind.why.zh}\n",
        f"Source: {kind.source} ({kind.source_status}). About: {kind.about or '–'}. Tags: {', '.join(tags) or '–'}. "
        f"Late after {kind.late_after_days} days.\n",
    ]
    rows = [(field.key, field.title.zh, field.title.en, _type(field)) for field in kind.fields]
    return "\n".join([*facts, *([table(("field", "中文", "English", "type"), rows)] if rows else [])])


def _type(field: Field) -> str:
    values = field.values_from or " ".join(value.key for value in field.values)
    words = [field.type, values, "required" if field.required else "", "sealed" if field.sealed else ""]
    return ", ".join(word for word in words if word)


def _indicator(one: Indicator) -> str:
    asked = f"Asked by: {', '.join(one.selects)}. " if one.selects else ""
    nature = f"{one.kind}, {one.measure}{'' if one.additive else ', does not add up the tree'}"
    rows = "\n".join(f"    {row.since}: {' '.join(row.text.split())}" for row in one.formula)
    return (
        f"## {one.key} {one.title.zh}\n\n{one.title.en}. {one.why.en}\n{one.why.zh}\n\n{rows}\n\n"
        f"{nature}; {'、'.join(one.units)}. {asked}Source: {one.source} ({one.source_status}).\n"
    )


def _tags(catalog: Catalog) -> str:
    parts = []
    for family in catalog.families.values():
        rows = [(tag.key, tag.title.zh, tag.title.en, "、".join(tag.names[1:])) for tag in family.tags]
        listed = table(("tag", "中文", "English", "also called"), rows)
        parts.append(f"## {family.key} {family.title.zh}\n\n{family.why.en} {family.why.zh}\n\n{listed}")
    return "\n".join(parts)


def _rules(catalog: Catalog) -> str:
    rows = [
        (
            rule.key,
            rule.title.zh,
            rule.title.en,
            f"{row.since}: {row.compare} {row.value} {row.unit} / {row.per}",
            f"{rule.source} ({rule.source_status})",
        )
        for rule in catalog.rules.values()
        for row in rule.rows
    ]
    return table(("rule", "中文", "English", "from: number", "source"), rows)


def _words(catalog: Catalog) -> str:
    entries = [
        *((one.title.zh, key, one.title.en, "fact") for key, one in catalog.facts.items()),
        *((one.title.zh, key, one.title.en, "indicator") for key, one in catalog.indicators.items()),
        *((one.title.zh, key, one.title.en, "rule") for key, one in catalog.rules.items()),
        *((one.duty.title.zh, key, one.duty.title.en, "duty") for key, one in catalog.duties.items()),
        *((one.title.zh, key, one.title.en, "responsibility list") for key, one in catalog.responsibilities.items()),
        *((one.title.zh, key, one.title.en, "document") for key, one in catalog.basis.items()),
        *((one.title.zh, key, one.title.en, "tag list") for key, one in catalog.families.items()),
        *((one.title.zh, key, one.title.en, "organisation") for key, one in catalog.organisation_kinds.items()),
        *((one.title.zh, key, one.title.en, catalog.family_of[key]) for key, one in catalog.tags.items()),
    ]
    return table(("中文", "code word", "English", "kind"), entries)
