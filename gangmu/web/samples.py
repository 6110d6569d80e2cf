"""Speeches to try the check with: the text files of the folder GANGMU_SAMPLES (named by the demo and nobody else)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Sample:
    """A speech on offer: the address that puts it into the form, and its first line."""

    address: str
    title: str


def samples() -> list[Sample]:
    """The speeches on offer, by name."""
    return [Sample(f"{reverse('documents')}?{urlencode({'sample': name})}", text.partition("\n")[0])
            for name, text in _texts().items()]  # fmt: skip


def sample(name: str) -> str:
    """The text of one of them; empty for any other name."""
    return _texts().get(name, "")


def _texts() -> dict[str, str]:
    if not settings.SAMPLES:
        return {}
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(Path(settings.SAMPLES).glob("*.txt"))}
