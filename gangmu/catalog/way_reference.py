"""Ways as a document: every step with who acts and its rules of time, each with its source."""

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.markdown import page, table
from gangmu.catalog.ways import Way, WayStep


def ways_page(catalog: Catalog) -> str:
    """Every way with its steps, rules and worked examples."""
    words = (
        "A step that is a change of stage is recorded as that change and never twice; every other step is one record.\n"
        "是阶段变更的那一步只记阶段变更，不重复记；其余每一步一条记录。\n"
        "A wait of at least so long refuses an earlier day, unless its rule is unverified; a limit of at most so long\n"
        "never refuses: the step is recorded and told as late.\n"
        "“满多久”没到日子不收（口径待核的只提醒）；“多久以内”过了也照记，只标明晚了。\n"
    )
    return page("Ways 流程", [words, *(_way(one, catalog) for one in catalog.ways.values())])


def _way(one: Way, catalog: Catalog) -> str:
    rows = [
        (str(number), stage.title.zh, step.key, step.title.zh, step.title.en, step.by.zh, _recorded(step),
         _limits(step, catalog))
        for number, (stage, step) in enumerate(((stage, step) for stage in one.stages for step in stage.steps), 1)
    ]  # fmt: skip
    examples = [(each.name, ", ".join(f"{key} {day}" for key, day in each.done.items()), each.step,
                 str(each.earliest or "–"), str(each.latest or "–")) for each in one.examples]  # fmt: skip
    return "\n".join([
        f"## {one.key} {one.title.zh}\n\n{one.title.en}. {one.why.en}\n{one.why.zh}\n",
        f"Source: {one.source} ({one.source_status}).\n",
        table(("", "阶段", "step", "步骤", "English", "谁办", "recorded as", "time rules and source"), rows),
        table(("例 example", "done", "step", "earliest", "latest"), examples),
    ])  # fmt: skip


def _recorded(step: WayStep) -> str:
    if step.shown_by_stage:
        return f"stage {step.enters}"
    after = f", then stage {step.enters} from {_since(step)}" if step.enters else ""
    place = ", where the papers lie (sealed)" if step.place else ""
    return f"step{after}{place}"


def _since(step: WayStep) -> str:
    told = [
        f"{day.step}{f' + {day.rule}' if day.rule else ''}{f' if {day.if_done}' if day.if_done else ''}"
        for day in step.from_days
    ]
    return " or ".join(told)


def _limits(step: WayStep, catalog: Catalog) -> str:
    known = [(limit, catalog.rules[limit.rule]) for limit in step.limits if limit.rule in catalog.rules]
    return "; ".join(
        f"{rule.key}: {row.compare} {row.value} {row.unit} after {limit.after} (from {row.since}; "
        f"{rule.source}, {rule.source_status})"
        for limit, rule in known for row in rule.rows
    ) or "–"  # fmt: skip
