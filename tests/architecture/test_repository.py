"""What the repository may not carry, whoever writes it."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", r"debian\.org/" + "debian"])
)
MACHINE = re.compile("/" + "work/main|/root" + "/")


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for file in tracked():
        if file.suffix in {".png", ".ico", ".woff2"}:
            continue
        try:
            found.append((str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_package_registrys_host() -> None:
    assert [name for name, text in texts() if HOSTS.search(text)] == []


def test_no_file_names_a_path_of_a_machine() -> None:
    assert [name for name, text in texts() if MACHINE.search(text)] == []


def test_only_tests_name_a_seed_file(shared: Path) -> None:
    names = [file.stem for file in (shared / "seeds").glob("*.txt")]
    stamps = [name.split("_")[1] for name in names]
    guilty = [
        name for name, text in texts() if not name.startswith("tests/") and any(stamp in text for stamp in stamps)
    ]
    assert guilty == []


def test_no_sentence_of_a_seed_is_copied_into_the_project(shared: Path) -> None:
    """Any 24 Chinese characters in a row, white space and punctuation apart, count as a sentence."""
    han = re.compile(r"[^\u4e00-\u9fff]")
    seeds = [han.sub("", file.read_text(encoding="utf-8")) for file in (shared / "seeds").glob("*.txt")]
    shingles = {seed[i : i + 24] for seed in seeds for i in range(len(seed) - 23)}
    guilty = []
    for name, text in texts():
        plain = han.sub("", text)
        if any(plain[i : i + 24] in shingles for i in range(len(plain) - 23)):
            guilty.append(name)
    assert guilty == []


def test_what_a_project_needs_at_its_door_is_there() -> None:
    doors = [
        "README.md",
        "README.zh-CN.md",
        "GLOSSARY.md",
        "CONTRIBUTING.md",
        "run.py",
        ".ci/run",
        "changelog.d",
        "docs/adr",
    ]
    assert [door for door in doors if not (ROOT / door).exists()] == []
