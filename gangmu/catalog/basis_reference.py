"""The register of documents as a page of the reference: each with what rests on it, and the guides of methods."""

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Tag
from gangmu.catalog.markdown import page, table


def basis_page(catalog: Catalog) -> str:
    """Documents, their articles, what cites them; then each method in its steps."""
    return page("What rules rest on 依据文件和工作方法", [_documents(catalog), *_cited(catalog), *_guides(catalog)])


def _documents(catalog: Catalog) -> str:
    rows = [
        (key, one.title.zh, one.title.en, one.number, one.issuer.en, one.issued, one.source_status)
        for key, one in catalog.basis.items()
    ]
    return table(("key", "文件", "document", "文号", "issued by", "day", "read"), rows)


def _cited(catalog: Catalog) -> list[str]:
    return [
        f"## {key} {catalog.basis[key].title.zh}\n\n"
        + table(
            ("what", "key", "中文", "articles"),
            [(one.room, one.key, one.title.zh, "、".join(one.articles)) for one in some],
        )
        for key, some in catalog.resting.items()
        if some
    ]


def _guides(catalog: Catalog) -> list[str]:
    return [_guide(tag) for tag in catalog.tags.values() if tag.guide]


def _guide(tag: Tag) -> str:
    steps = tag.guide.steps if tag.guide else ()
    told = "\n".join(f"{number}. {step.zh} {step.en}" for number, step in enumerate(steps, 1))
    return f"## {tag.key} {tag.title.zh}\n\n{told}\n"
