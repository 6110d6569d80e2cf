"""A tiny catalog of its own, so that these tests stand still when the real one moves."""

from pathlib import Path

HEAD = """\
title: {zh: 会议, en: Meeting}
why: {zh: 开会要记, en: Meetings are noted}
source: local
source_status: unverified
review_by: 2030-01-01
"""
LOCAL = "basis: 青组发〔2025〕1号\neffective: 2025-01-01\n"

FACT = (
    "key: meeting.held\n"
    + HEAD
    + """\
since: 2020-01-01
about: unit
about_required: false
tags_required: [form]
tags_allowed: [theme]
fields:
  - {key: present, title: {zh: 到会人数, en: Present}, type: int, required: true, min: 0, max: 500}
  - {key: cost, title: {zh: 花费, en: Cost}, type: money, min: 0}
  - {key: share, title: {zh: 份额, en: Share}, type: decimal}
  - {key: open, title: {zh: 公开, en: Open}, type: bool}
  - {key: held_on, title: {zh: 日子, en: Day}, type: date}
  - {key: place, title: {zh: 地点, en: Place}, type: org}
  - {key: mood, title: {zh: 气氛, en: Mood}, type: enum, values: [{key: calm, title: {zh: 平静, en: calm}}]}
  - {key: theme_kind, title: {zh: 主题, en: Theme}, type: enum, values_from: theme}
  - {key: halls, title: {zh: 会场, en: Halls}, type: org, many: true}
  - {key: paper, title: {zh: 文号, en: Number}, type: text, max: 10, public: 文号里没有人名}
  - {key: minutes, title: {zh: 纪要, en: Minutes}, type: text, sealed: true, max: 20}
examples:
  - {name: 开会, body: {present: 3, tags: [plenary]}}
"""
)
FORM = (
    "key: form\n"
    + HEAD
    + "tags:\n  - {key: plenary, title: {zh: 大会, en: Plenary}, names: [大会]}\n  - {key: small, title: {zh: 小会, en: Small}, names: [小会]}\n"
)
THEME = "key: theme\n" + HEAD + "tags:\n  - {key: safety, title: {zh: 安全, en: Safety}, names: [安全]}\n"
LATE = "key: late_reason\n" + HEAD + "tags:\n  - {key: away, title: {zh: 出差, en: Away}, names: [出差]}\n"
KINDS = (
    "key: kinds\n" + HEAD + "kinds:\n  - {key: branch, title: {zh: 支部, en: Branch}, names: [支部], form: branch}\n"
)
WORDING = (
    "key: covers\n"
    + HEAD
    + "rows:\n  - {since: 2020-01-01, over_share: 0.05, over_points: 10, nearly_share: 0.9, about_share: 0.1}\n"
)
RULE = (
    "key: meeting.monthly\n"
    + HEAD
    + "names: [开会]\napplies_to: {zh: 支部, en: branches}\n"
    + "rows:\n  - {since: 2020-01-01, compare: at_least, value: 1, unit: 次, per: month}\n"
)
INDICATOR = (
    "key: meeting.number\n"
    + HEAD
    + """\
names: [会议]
units: [次]
kind: count
measure: flow
selects: [form]
formula:
  - {since: 2020-01-01, text: 'count(meeting.held, tag(selected))'}
examples:
  - {name: 一次, given: [{kind: meeting.held, present: 3, tags: [plenary]}], selection: [plenary], expect: 1}
"""
)

FILES = {
    "facts/meeting.held.yaml": FACT,
    "tags/form.yaml": FORM,
    "tags/theme.yaml": THEME,
    "tags/late_reason.yaml": LATE,
    "organisations/kinds.yaml": KINDS,
    "wording/covers.yaml": WORDING,
    "rules/meeting.monthly.yaml": RULE,
    "indicators/meeting.number.yaml": INDICATOR,
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write `files` (path → text) under `folder` and give the folder back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def national(scratch: Path, **changed: str) -> Path:
    """The tiny national floor; `changed` replaces a file's text by its stem, dots as underscores."""
    files = {name: changed.get(Path(name).stem.replace(".", "_"), text) for name, text in FILES.items()}
    return write(scratch / "national", files)
