"""Measures reader and checker on the labelled documents: python -m tests.reading.corpus.measure [--errors] [NAME…]"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Claim, Finding, Source
from tests.reading.corpus import Expected, Label, Labelled, documents, spans

_SIMPLE = str.maketrans(
    "個萬億戶畝歲間條場項類種處張塊圓週鐘時點級屆輛臺噸組隊節％",
    "个万亿户亩岁间条场项类种处张块元周钟时点级届辆台吨组队节%",
)
_ATTRIBUTES = ("value+unit", "kind", "approx", "marked", "placeholder", "subject", "action")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one document or of all. `right` and `asked` are keyed by attribute; `misses` are lines for a person."""

    labels: int
    claims: int
    hits: int
    right: Counter[str]
    asked: Counter[str]
    misses: tuple[str, ...]

    @property
    def f1(self) -> float:
        """Exact F1 of the spans; 1 where there is nothing to find and nothing was found."""
        return 2 * self.hits / (self.labels + self.claims) if self.labels + self.claims else 1.0

    def share(self, attribute: str) -> float:
        """How often the attribute is right among the exact pairs that ask for it; 1 if none does."""
        return self.right[attribute] / self.asked[attribute] if self.asked[attribute] else 1.0


def score_claims(document: Labelled, claims: Iterable[Claim]) -> Score:
    """Claims against labels; a pair is exact when start and end agree."""
    found = {(claim.span.start, claim.span.end): claim for claim in claims}
    wanted = {(label.start, label.end): label for label in document.labels}
    pairs = [(wanted[key], found[key]) for key in wanted if key in found]
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses = [_miss("missed", document, *key) for key in wanted if key not in found]
    misses += [_miss("false", document, *key) for key in found if key not in wanted]
    for label, claim in pairs:
        answers = _answers(label, claim)
        asked.update(answers.keys())
        right.update(name for name, good in answers.items() if good)
        misses += [_wrong(document, label, claim, name) for name, good in answers.items() if not good]
    return Score(len(wanted), len(found), len(pairs), right, asked, tuple(misses))


def add(scores: Sequence[Score]) -> Score:
    """The score over several documents together."""
    return Score(
        sum(score.labels for score in scores),
        sum(score.claims for score in scores),
        sum(score.hits for score in scores),
        sum((score.right for score in scores), Counter()),
        sum((score.asked for score in scores), Counter()),
        tuple(miss for score in scores for miss in score.misses),
    )


def macro(scores: Iterable[Score]) -> float:
    """The mean exact F1 over the documents that have labels."""
    each = [score.f1 for score in scores if score.labels]
    return sum(each) / len(each)


def _answers(label: Label, claim: Claim) -> dict[str, bool]:
    answers = {
        "value+unit": _same_number(label.value, claim.value)
        and _same_number(label.upper, claim.value_max)
        and plain_unit(label.unit) == plain_unit(claim.unit),
        "approx": label.approx == claim.approx,
    }
    if not label.open:
        answers["kind"] = label.kind == claim.kind
    if label.approx or claim.approx:
        answers["marked"] = label.approx == claim.approx
    if label.value is None or claim.placeholder:
        answers["placeholder"] = claim.placeholder and claim.value is None and label.value is None
    if label.subject:
        answers["subject"] = _overlapping(label.subject, claim.subject)
    if label.action:
        answers["action"] = _overlapping(label.action, claim.action)
    return answers


def plain_unit(unit: str | None) -> str:
    """The unit in simplified script, without white space and without 个 before a longer unit."""
    text = "".join((unit or "").split()).translate(_SIMPLE)
    return text[1:] if len(text) > 1 and text.startswith("个") else text


def _same_number(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= Decimal("0.0001") * max(Decimal(1), abs(one)) if one % 1 or other % 1 else one == other


def _overlapping(label: str, found: str | None) -> bool:
    one, other = "".join(label.split()), "".join((found or "").split())
    return bool(other) and (one in other or other in one)


def _miss(word: str, document: Labelled, start: int, end: int) -> str:
    text = document.text
    around = f"{text[max(0, start - 12) : start]}⟦{text[start:end]}⟧{text[end : end + 8]}"
    return f"{word:8} {document.doc}  {around!r}"


def _wrong(document: Labelled, label: Label, claim: Claim, name: str) -> str:
    said = {
        "value+unit": f"{claim.value}..{claim.value_max} {claim.unit}, not {label.value}..{label.upper} {label.unit}",
        "kind": f"{claim.kind}, not {label.kind}",
        "subject": f"{claim.subject}, not {label.subject}",
        "action": f"{claim.action}, not {label.action}",
        "placeholder": f"{claim.placeholder} with {claim.value}",
    }
    detail = said.get(name, f"{claim.approx}, not {label.approx}")
    return f"{_miss(name[:8], document, label.start, label.end)}  {detail}"


@dataclass(frozen=True, slots=True)
class Check:
    """How the findings of one document or of all compare with the planted errors and the sound relations."""

    planted: int
    found: int
    typed: int
    alarms: int
    true_alarms: int
    sound: int
    confirmed: int
    misses: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Share of the planted errors that some contradiction points at."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Share of the contradictions that point at a planted error."""
        return self.true_alarms / self.alarms if self.alarms else 1.0


def score_findings(document: Labelled, findings: Iterable[Finding]) -> Check:
    """Findings against the expected ones; two agree when they share two claims (one, if only one is expected)."""
    every = tuple(findings)
    alarms = [finding for finding in every if finding.verdict == "contradiction"]
    errors = [expected for expected in document.findings if expected.verdict == "contradiction"]
    planted = [expected for expected in errors if not expected.optional]
    found = [expected for expected in planted if _pointed_at(document, expected, errors, alarms)]
    typed = [e for e in planted if any(_agree(document, e, alarm) and e.type == alarm.type for alarm in alarms)]
    true = [alarm for alarm in alarms if any(_agree(document, expected, alarm) for expected in errors)]
    sound = [expected for expected in document.findings if expected.verdict == "consistent"]
    confirmed = [expected for expected in sound if _confirmed(document, expected, every)]
    misses = [_expected_line("unfound", document, expected) for expected in planted if expected not in found]
    misses += [_alarm_line(document, alarm) for alarm in alarms if alarm not in true]
    misses += [_expected_line("unproven", document, expected) for expected in sound if expected not in confirmed]
    return Check(
        len(planted), len(found), len(typed), len(alarms), len(true), len(sound), len(confirmed), tuple(misses)
    )


def add_checks(checks: Sequence[Check]) -> Check:
    """The checks of several documents together."""
    return Check(
        sum(check.planted for check in checks),
        sum(check.found for check in checks),
        sum(check.typed for check in checks),
        sum(check.alarms for check in checks),
        sum(check.true_alarms for check in checks),
        sum(check.sound for check in checks),
        sum(check.confirmed for check in checks),
        tuple(miss for check in checks for miss in check.misses),
    )


def _pointed_at(document: Labelled, planted: Expected, errors: Sequence[Expected], alarms: Sequence[Finding]) -> bool:
    """One wrong figure may break several relations: an alarm about any of them points at it."""
    broken = [error for error in errors if error.suspect == planted.suspect]
    return any(_agree(document, error, alarm) for error in broken for alarm in alarms)


def _agree(document: Labelled, expected: Expected, alarm: Finding) -> bool:
    wanted = set(spans(document, expected))
    common = wanted & {(span.start, span.end) for span in alarm.spans}
    return len(common) >= min(2, len(wanted))


def _confirmed(document: Labelled, expected: Expected, findings: Iterable[Finding]) -> bool:
    wanted = set(spans(document, expected))
    return any(
        finding.verdict == "consistent" and wanted == {(span.start, span.end) for span in finding.spans}
        for finding in findings
    )


def _expected_line(word: str, document: Labelled, expected: Expected) -> str:
    texts = " ".join(document.label(name).text for name in expected.claims)
    return f"{word:8} {document.doc}  {expected.type}: {texts!r}"


def _alarm_line(document: Labelled, alarm: Finding) -> str:
    texts = " ".join(document.text[span.start : span.end] for span in alarm.spans)
    return f"{'alarm':8} {document.doc}  {alarm.type}: {texts!r} {alarm.working}"


def measure(document: Labelled) -> tuple[Score, Check]:
    """Read and check one labelled document with the project's own pipeline."""
    reading = read_all(Source(document.doc, document.text, document.format))  # type: ignore[arg-type]
    return score_claims(document, reading.claims), score_findings(document, findings(reading))


def line(name: str, score: Score, check: Check) -> str:
    """One row of the table."""
    shares = " ".join(f"{100 * score.share(attribute):6.1f}" for attribute in _ATTRIBUTES)
    planted, sound = f"{check.found}/{check.planted}", f"{check.confirmed}/{check.sound}"
    return (
        f"{name[:34]:34} {score.labels:5d} {score.claims:5d} {100 * score.f1:6.1f}  {shares}  "
        f"{planted:>7} {check.typed:5d} {check.alarms - check.true_alarms:6d} {sound:>8}"
    )


def main() -> None:
    """Print the table; with --errors also every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of document names; all if none is given")
    parser.add_argument("--errors", action="store_true", help="also print every miss")
    options = parser.parse_args()
    chosen = [d for d in documents() if not options.names or any(d.doc.startswith(name) for name in options.names)]
    results = [(document.doc, *measure(document)) for document in chosen]
    head = " ".join(f"{name[:6]:>6}" for name in _ATTRIBUTES)
    print(f"{'document':34} label claim     F1  {head}  planted typed alarms    sound")
    for row in results:
        print(line(*row))
    score, check = add([row[1] for row in results]), add_checks([row[2] for row in results])
    print(line("all", score, check))
    mean = 100 * macro(row[1] for row in results)
    print(f"macro F1 {mean:.1f}, errors found {check.recall:.3f}, precision {check.precision:.3f}")
    if options.errors:
        print(*score.misses, *check.misses, sep="\n")


if __name__ == "__main__":
    main()
