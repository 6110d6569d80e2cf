"""`check FILE --word OUT.docx`: the document that was checked, written as Word with comments. No Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gangmu.documents import paper
from gangmu.documents.word_out import Told, commented
from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.read import bytes_of, is_bundle
from gangmu.reading.values import Finding, Reading


@dataclass(frozen=True, slots=True)
class WordFile:
    """Where the document comes from and where it is to be written. A .docx keeps its own layout."""

    original: Path
    out: Path

    def write(self, reading: Reading, findings: Iterable[Finding], told: Told) -> None:
        """Write the file. Raises Unusable where that cannot be done; what stood there before is then left as it was."""
        cards = paper.cards(reading.claims, findings)
        original = bytes_of(self.original) if reading.source.format == "docx" else None
        file = commented(reading, cards, told, original)
        try:
            self.out.write_bytes(file)
        except PermissionError:
            raise Unusable(_not_writable(self.out)) from None


def word_file(files: Sequence[str], out: str) -> WordFile:
    """What `--word` asks for. Raises Unusable where it makes no sense."""
    wanted = Path(out)
    if len(files) != 1 or is_bundle(files[0]):
        raise Unusable(_one_at_a_time())
    if wanted.suffix.lower() != ".docx":
        raise Unusable(_no_word_name(wanted))
    if wanted.is_dir() or not wanted.absolute().parent.is_dir():
        raise Unusable(_not_writable(wanted))
    if wanted.exists() and wanted.samefile(files[0]):
        raise Unusable(_onto_itself(wanted))
    return WordFile(Path(files[0]), wanted)


def _one_at_a_time() -> Problem:
    return Problem("check.word_one", "--word 一次只写一份文稿，请一份一份地核；压缩包请先解开。",
                   "--word writes one document at a time: check them one by one, an archive unpacked.")  # fmt: skip


def _no_word_name(out: Path) -> Problem:
    return Problem("check.word_name", f"--word 写出来的是 Word 文件，名字要以 .docx 结尾，不能是 {out.name}。",
                   f"--word writes a Word file: its name ends in .docx, unlike {out.name}.")  # fmt: skip


def _not_writable(out: Path) -> Problem:
    return Problem("check.word_place", f"{out} 写不了，请看看文件夹在不在、能不能写。",
                   f"{out} cannot be written: see whether its folder is there and may be written to.")  # fmt: skip


def _onto_itself(out: Path) -> Problem:
    return Problem("check.word_itself", f"--word 不会盖掉原来的 {out.name}，请换一个名字。",
                   f"--word does not write over {out.name}, which is being checked: choose another name.")  # fmt: skip
