"""A local pack as one county would write it: every kind of definition that can be added, and something switched off.

    python -m tests.documents.pack FOLDER        # DATABASE_URL, GANGMU_VAR and GANGMU_CATALOG_EXTRA name where

Builds the cast with the pack in force, records by it, asks its figures, checks a document and opens the pages; prints one
JSON object of what came. A process of its own, since a process loads its catalog once.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

HEAD = """\
source: 青组发〔2025〕8号
source_status: text
review_by: 2030-01-01
basis: 青组发〔2025〕8号
effective: 2025-01-01
"""
TITLE = "title: {{zh: {}, en: {}}}\nwhy: {{zh: 本县要数, en: The county counts it}}\n"
FACT = "key: orchard.planted\n" + TITLE.format("栽下果园", "Orchard planted") + HEAD + """\
since: 2025-01-01
org_kinds: [workshop, village]
tags_required: [orchard_type]
fields:
  - {key: trees, title: {zh: 棵数, en: Trees}, type: int, required: true, min: 1}
examples:
  - {name: 一片, body: {trees: 30, tags: [pear]}}
  - {name: 没有树, body: {trees: 0, tags: [pear]}, refused: [body.range]}
"""  # fmt: skip
FAMILY = "key: orchard_type\n" + TITLE.format("果园类别", "Kind of orchard") + HEAD + """\
tags:
  - {key: pear, title: {zh: 梨园, en: Pear orchard}, names: [梨园, 梨树], units: [棵, 片]}
  - {key: peach, title: {zh: 桃园, en: Peach orchard}, names: [桃园, 桃树], units: [棵, 片]}
"""  # fmt: skip
FORMS = "key: county_forms\nextends: activity_form\n" + TITLE.format("本县活动", "Forms of the county") + HEAD + """\
tags:
  - {key: orchard_class, title: {zh: 田间课堂, en: Class in the orchard}, names: [田间课堂, 果园课堂], actions: [举办], units: [场]}
"""  # fmt: skip
KINDS = "key: county_kinds\n" + TITLE.format("本县组织", "Kinds of the county") + HEAD + """\
kinds:
  - {key: workshop, title: {zh: 果业工坊, en: Orchard workshop}, names: [果业工坊], form: alliance, parents: [village], elected: false, may_admit: false}
"""  # fmt: skip
TREES = "key: orchard.trees\n" + TITLE.format("栽植果树", "Trees planted") + HEAD + """\
names: [栽植果树, 果树, 栽树]
actions: [栽植, 栽种, 新栽]
units: [棵, 株]
kind: count
measure: flow
selects: [orchard_type]
formula:
  - {since: 2025-01-01, text: 'sum(orchard.planted.trees, tag(selected))'}
examples:
  - {name: 两片, given: [{kind: orchard.planted, trees: 30, tags: [pear]}, {kind: orchard.planted, trees: 12, tags: [peach]}], expect: 42}
  - {name: 没有记录, given: [], expect: null}
"""  # fmt: skip
WORKSHOPS = "key: orchard.workshops\n" + TITLE.format("果业工坊数", "Orchard workshops") + HEAD + """\
names: [果业工坊]
actions: [建有, 现有]
units: [个]
kind: count
measure: stock
formula:
  - {since: 2025-01-01, text: 'units(unit.kind == "workshop")'}
examples:
  - {name: 一个, given: [], units: [{org: v}, {org: w, kind: workshop, parent: v}], expect: 1}
"""  # fmt: skip
OFF = (
    "key: county_off\n" + TITLE.format("本县不用", "Off here") + HEAD + "off: [matter.solved_rate, contact.residents]\n"
)

FILES = {
    "facts/orchard.planted.yaml": FACT,
    "tags/orchard_type.yaml": FAMILY,
    "tags/county_forms.yaml": FORMS,
    "organisations/county_kinds.yaml": KINDS,
    "indicators/orchard.trees.yaml": TREES,
    "indicators/orchard.workshops.yaml": WORKSHOPS,
    "switches/county_off.yaml": OFF,
}
TEXT = "全年新栽梨树30棵。全年栽植果树42棵。现有果业工坊1个。举办田间课堂2场。群众诉求办结率90%。党员干部每月走访联系户不少于1次。"
ASKED = ("orchard.trees[pear]", "orchard.trees", "orchard.workshops", "activity.sessions[orchard_class]")
PASSWORD = "qing-he-lake-2025"


def main(folder: str) -> None:
    """Everything once, by the ordinary actions and pages."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gangmu.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(told(Path(folder)), ensure_ascii=False))


def told(folder: Path) -> dict[str, object]:
    """What the record, the figures, the check and the pages say."""
    from django.conf import settings
    from django.test import Client

    from gangmu.documents.checking import check
    from gangmu.indicators import queries
    from gangmu.kernel.periods import Period
    from gangmu.orgs import actions
    from gangmu.people.actions import set_password
    from gangmu.records.actions import record_fact
    from tests.documents.support import read
    from tests.orgs import cast

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    city, day, year = cast.build(), date(2025, 4, 1), Period.of_year(2025)
    shop = actions.found_unit("柳溪果业工坊", "workshop", "rural", city["柳溪村"], by=city.clerk, at=day, idem="shop")
    late = {"late_reason": "batch"}
    for number, (trees, tag) in enumerate(((30, "pear"), (12, "peach"))):
        record_fact("orchard.planted", shop, body={"trees": trees, "tags": [tag], **late}, on=day, by=city.clerk,
                    idem=f"p{number}")  # fmt: skip
        record_fact("activity.held", city["柳溪村"], body={"tags": ["orchard_class"], **late}, on=day, by=city.clerk,
                    idem=f"c{number}")  # fmt: skip
    found = check(read(TEXT), city.clerk.scope, org=city.root, period=year)
    set_password(city.clerk_id, PASSWORD)
    browser = Client()
    browser.post("/sign-in", {"name": "clerk", "password": PASSWORD})
    pages = {key: browser.get(f"/figures/{city.root}/{key}?year=2025") for key in (*ASKED, "matter.solved_rate")}
    return {
        "figures": {key: str(queries.figure(city.clerk.scope, key, city.root, year).value) for key in ASKED},
        "verdicts": [[one.type, one.verdict] for one in found.findings],
        "bound": [figure.key for figure in found.figures.values()],
        "pages": {key: page.status_code for key, page in pages.items()},
        "form": "棵数" in browser.get(f"/record/orchard.planted?org={shop}").content.decode(),
        "table": [key for key in (*ASKED, "matter.solved_rate")
                  if f"/{key.partition('[')[0]}" in browser.get(f"/units/{city.root}/figures?only=all").content.decode()],
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
