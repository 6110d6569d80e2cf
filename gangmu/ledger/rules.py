"""What the ledger refuses, whoever asks: a fact that could not be kept, found or proven. Pure Python.

Whether a person may record, and whether the body fits its kind, is decided above (orgs, catalog).
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gangmu.kernel.canon import Json
from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem
from gangmu.ledger.facts import CLOSED, REVERSE, ROLES, Draft, Fact, Ref

KIND = re.compile(r"[a-z][a-z_]{0,31}(\.[a-z][a-z_]{0,31}){0,3}\Z")
ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}\Z")
FACT_ID = re.compile(r"[0-9a-f]{32}\Z")
IDEM = re.compile(r"[!-~]{1,128}\Z")
SLOT = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")
REASON = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")
LONGEST_SEALED = 64 * 1024


def problem(code: str, zh: str, en: str, where: str = "", rule: str = "docs/ledger.md") -> Problem:
    """A Problem of the ledger's."""
    return Problem(f"ledger.{code}", zh, en, where, rule)


def check(draft: Draft) -> list[Problem]:
    """Everything wrong with `draft` that can be seen without the ledger."""
    return [*_names(draft), *_times(draft), *_sealed(draft), *_refs(draft), *_closing(draft)]


def _names(draft: Draft) -> list[Problem]:
    found = []
    if not KIND.match(draft.kind):
        found.append(problem("kind", "事实种类的写法不对。", f"{draft.kind!r} is not how a kind is written.", "kind"))
    if not ID.match(draft.org):
        found.append(problem("org", "没有写明是哪个组织。", "The fact does not name its organisation.", "org"))
    if draft.about is not None and not ID.match(draft.about):
        found.append(problem("about", "所涉对象的编号不对。", f"{draft.about!r} is not an opaque id.", "about"))
    if not IDEM.match(draft.idem):
        found.append(
            problem(
                "idem",
                "请求编号要有 1 到 128 个可见字符。",
                "The request key has 1 to 128 visible ASCII characters.",
                "idem",
            )
        )
    if draft.fact_id is not None and not FACT_ID.match(draft.fact_id):
        found.append(problem("id", "事实编号的写法不对。", "A fact's id is 32 hexadecimal characters.", "fact_id"))
    return found


def _times(draft: Draft) -> list[Problem]:
    if draft.claimed_from.tzinfo is None or draft.claimed_to.tzinfo is None:
        return [problem("time_zone", "发生时间缺少时区。", "The claimed times carry no time zone.", "claimed")]
    if draft.claimed_to < draft.claimed_from:
        return [
            problem("times", "结束时间早于开始时间，请核对。", "It ends before it starts; please check.", "claimed")
        ]
    return []


def _sealed(draft: Draft) -> list[Problem]:
    found, seen = [], set()
    for sealed in draft.priv:
        place = (sealed.subject, sealed.slot)
        if not SLOT.match(sealed.slot) or (sealed.subject is not None and not ID.match(sealed.subject)):
            found.append(
                problem("slot", "密封栏目的写法不对。", f"{sealed.slot!r} is not how a slot is written.", "priv")
            )
        if place in seen:
            found.append(
                problem("slot_twice", f"栏目 {sealed.slot} 写了两次。", f"Slot {sealed.slot} comes twice.", "priv")
            )
        if len(sealed.text.encode("utf-8", "surrogatepass")) > LONGEST_SEALED:
            found.append(
                problem("slot_long", "密封内容超过 64 KB。", "A sealed text is longer than 64 KiB.", sealed.slot)
            )
        seen.add(place)
    return found


def _refs(draft: Draft) -> list[Problem]:
    found = []
    for ref in draft.refs:
        if ref.role not in ROLES or not FACT_ID.match(ref.fact):
            found.append(problem("ref", "所引的事实写得不对。", f"{ref.role!r} {ref.fact!r} is no reference.", "refs"))
        if (ref.role == "reverses") != (draft.kind == REVERSE):
            found.append(reverse_only())
    if draft.kind == REVERSE and [ref.role for ref in draft.refs] != ["reverses"]:
        found.append(
            problem("reverse_one", "撤销须指明一条事实。", "A reversal names the one fact it reverses.", "refs")
        )
    return found


def _closing(draft: Draft) -> list[Problem]:
    if draft.kind != CLOSED:
        return []
    kinds = draft.body.get("kinds", ())
    named = isinstance(kinds, list | tuple) and all(isinstance(kind, str) and KIND.match(kind) for kind in kinds)
    if named and closed_period(draft.body) is not None:
        return []
    return [
        problem(
            "closing",
            "关账要写明起止日期（from、to）和种类（kinds，不写就是全部）。",
            "A closing names its first and last day (from, to) and its kinds (kinds; none means all).",
            "body",
        )
    ]


def closed_period(body: Mapping[str, Json]) -> Period | None:
    """The days a `period.closed` body closes, or None when it does not say."""
    try:
        return Period(date.fromisoformat(str(body["from"])), date.fromisoformat(str(body["to"])))
    except (KeyError, ValueError):
        return None


def may_reverse(fact: Fact) -> list[Problem]:
    """Why `fact` cannot be taken back; empty when it can."""
    if fact.kind == REVERSE:
        return [
            problem(
                "reverse_reversal",
                "撤销记录不能再撤销，请另记一条新的。",
                "A reversal is never reversed: record a new fact.",
            )
        ]
    return [] if fact.reversed_by is None else [reversed_already()]


def reversed_already() -> Problem:
    return problem("reversed_already", "这条记录已经撤销过了。", "This fact has been reversed already.")


def reverse_only() -> Problem:
    return problem(
        "reverse_only", "撤销只能用“撤销”操作。", "A fact is taken back by `reverse` and nothing else.", "refs"
    )


def no_such_fact() -> Problem:
    return problem("not_found", "没有这条记录，或者您看不到它。", "There is no such fact, or you may not see it.")


def reason(code: str) -> list[Problem]:
    """A Problem unless `code` is written as a reason code."""
    if REASON.match(code):
        return []
    return [problem("reason", "请选一个撤销原因。", "Choose a reason for taking it back.", "reason")]


def not_canonical(why: str) -> Problem:
    return problem("canonical", f"内容里有不能入账的写法：{why}", f"The fact has no canonical form: {why}", "body")


def unknown_refs(missing: list[Ref]) -> list[Problem]:
    """A Problem for each reference to a fact the ledger does not hold."""
    return [
        problem(
            "ref_unknown",
            "所引的事实不在台账里。",
            f"No fact {ref.fact} is on record to be referred to.",
            f"refs.{ref.role}",
        )
        for ref in missing
    ]


def too_large(size: int, largest: int) -> list[Problem]:
    """The Problem of an entry beyond the ledger's limit, or none."""
    if size <= largest:
        return []
    return [
        problem(
            "too_large",
            f"这条记录有 {size} 字节，最多 {largest} 字节；长文请放进密封栏目或附件。",
            f"The fact takes {size} bytes, at most {largest}: put long texts into a sealed slot.",
            "body",
        )
    ]


def check_schema(schema: str) -> list[Problem]:
    """A Problem unless the fact names the catalog it was accepted under."""
    if ID.match(schema):
        return []
    return [
        problem(
            "schema",
            "没有写明按哪一版目录记录。",
            "The fact does not name the catalog it was accepted under.",
            "schema",
        )
    ]


def idem_reused() -> Problem:
    """The Problem of one request key used for two different requests."""
    return problem(
        "idem_reused",
        "这个请求编号已经用在另一条记录上了，请换一个编号再交。",
        "This request key was used for a different fact; send it again under a new key.",
        "idem",
    )


def folder_not_empty(name: str) -> Problem:
    return problem(
        "folder", f"文件夹 {name} 里已有内容，请换一个空的。", f"The folder {name} is not empty; name a new one."
    )


def nothing_signed() -> Problem:
    return problem(
        "nothing_signed", "台账还没有签过名，先运行一次编号。", "No head has been signed yet: run the sequencer first."
    )


def head_untrusted(why: str, why_en: str) -> Problem:
    return problem("head", f"账首不可信：{why}。", f"The checkpoint cannot be trusted: {why_en}.", "checkpoint")


def no_key(folder: Path, kind: str) -> Problem:
    return problem(
        "no_key",
        f"钥匙文件夹 {folder} 里没有 {kind}.vkey，没法核验；请用 GANGMU_VAR 或 GANGMU_KEYS 指到这本账的钥匙文件夹。",
        f"The key folder {folder} holds no {kind}.vkey: point GANGMU_VAR or GANGMU_KEYS to the one of this log.",
    )


def not_this_logs_folder(folder: Path, key: str) -> Problem:
    return problem(
        "key_gone",
        f"这本账已经用过钥匙，可钥匙文件夹 {folder} 里没有 {key}。没有另造新钥匙，什么也没有改动。"
        "请用 GANGMU_VAR 或 GANGMU_KEYS 指到原来的钥匙文件夹，或从备份恢复它。",
        f"This log has used its keys before, and the key folder {folder} holds no {key}. No new key was made and "
        "nothing was changed: point GANGMU_VAR or GANGMU_KEYS to this log's folder, or restore it from its backup.",
        key,
    )


def another_logs_key(folder: Path) -> Problem:
    return problem(
        "key_of_another",
        f"钥匙文件夹 {folder} 里的 log.key 不是签这本账的那一把，没有签名，什么也没有改动。"
        "请用 GANGMU_VAR 或 GANGMU_KEYS 指到原来的钥匙文件夹。",
        f"The log.key in {folder} is not the one that signed this log: nothing was signed and nothing was changed. "
        "Point GANGMU_VAR or GANGMU_KEYS to the folder of this log.",
        "log.key",
    )


def key_used(folder: Path) -> Problem:
    return problem(
        "key_used",
        f"用的是钥匙文件夹 {folder} 里的公钥；如果不对，请用 GANGMU_VAR 或 GANGMU_KEYS 指到这本账的再核。",
        f"The key is from the folder {folder}: if it is not this log's, point GANGMU_VAR or GANGMU_KEYS to the right "
        "folder and verify again.",
    )


def root_differs(size: int) -> Problem:
    return problem(
        "root",
        f"前 {size} 条算出的根与签名的不同。",
        f"The root over {size} entries is not the signed one.",
        "checkpoint",
    )


def file_missing(path: str) -> Problem:
    return problem("file_missing", f"缺少文件 {path}。", f"The file {path} is missing.", path)


def file_broken(path: str, why: str) -> Problem:
    return problem("file_broken", f"文件 {path} 被改动过：{why}", f"The file {path} has been changed: {why}", path)


def receipt_untrusted(why: str, why_en: str) -> Problem:
    return problem("receipt", f"回执不可信：{why}。", f"The receipt cannot be trusted: {why_en}.", "receipt")


def receipt_not_kept(fact_id: str) -> Problem:
    return problem(
        "receipt_not_kept",
        f"台账答应收下 {fact_id}，现在却没有它。",
        f"The ledger promised to keep fact {fact_id}, and does not hold it.",
        "receipt",
    )


def proof_untrusted(why: str, why_en: str) -> Problem:
    return problem("proof", f"证明不成立：{why}。", f"The proof does not hold: {why_en}.", "proof")


def entry_changed(seq: int) -> Problem:
    return problem(
        "entry", f"第 {seq} 条与它的指纹不符。", f"Entry {seq} is not what its leaf hash says.", f"entry {seq}"
    )


def entry_missing(seq: int) -> Problem:
    return problem("entry_missing", f"第 {seq} 条不见了。", f"Entry {seq} is missing.", f"entry {seq}")


def outbox_changed(fact_id: str) -> Problem:
    return problem(
        "outbox", f"待编号的 {fact_id} 与它的指纹不符。", f"Fact {fact_id} in the outbox is not what its leaf says."
    )


def state_differs(size: int) -> Problem:
    return problem(
        "state", f"树的现状与前 {size} 条不符。", f"The tree's state is not that of its {size} entries.", "state"
    )


def rows_differ(what: str) -> Problem:
    return problem(
        "rows_differ",
        f"账外保存的内容与台账不符：{what}",
        f"What is kept beside the log does not agree with it: {what}",
    )


def sealed_differs(slot: str, fact_id: str) -> Problem:
    return problem(
        "sealed",
        f"事实 {fact_id} 的密封栏目 {slot} 与承诺不符或打不开。",
        f"The sealed slot {slot} of fact {fact_id} does not open to what was committed.",
        f"vault {fact_id}",
    )


def database_damaged(why: str) -> Problem:
    return problem("database", f"数据库文件已损坏：{why}", f"The database file is damaged: {why}", "database")


def clock_anomaly(now: str, newest: str) -> Problem:
    return problem(
        "clock_anomaly",
        f"服务器的时钟停在 {now}，早于台账里最新的时刻 {newest}。请校准时钟；这期间收到的都按 {newest} 记。",
        f"The server's clock says {now}, before the newest moment in the ledger, {newest}. Set it right; until it has "
        f"passed that moment, what arrives is dated {newest}.",
        "clock",
    )
