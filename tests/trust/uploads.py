"""T25: hostile and damaged files are refused with a sentence or read harmlessly, within the limits, and the caller lives."""

import io
import resource
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from random import Random

import docx as word
import openpyxl

from gangmu.kernel.problems import Unusable
from gangmu.reading import isolated
from gangmu.reading.read import bundled, is_bundle, read_bytes, read_member
from tests.reading.papers import drawn, report, scanned

HOSTILE = 400
MUTATIONS = 1_000
GRACE = 2.0  # seconds beyond the child's wall clock: starting it and reading its answer
WORDS = "今年走访群众1233户。"


def run(seed: int, scale: float) -> dict[str, object]:
    """HOSTILE × scale files made to harm, MUTATIONS × scale good files with bytes changed."""
    random, counts = Random(seed), Counter[str]()
    good = samples()
    makers = list(RECIPES)
    hostile, mutations = max(len(makers), round(HOSTILE * scale)), round(MUTATIONS * scale)
    slowest = 0.0
    for number in range(hostile):
        slowest = max(slowest, _try(*RECIPES[makers[number % len(makers)]](random, good), counts, harmful=True))
    for _ in range(mutations):
        name = random.choice(sorted(good))
        slowest = max(slowest, _try(name, mutated(good[name], random), counts, harmful=False))
    broken = counts["crashed"] + counts["no_sentence"]
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    within = slowest <= isolated.WALL_SECONDS + GRACE and largest <= isolated.MEMORY / 2**20
    found = {"slowest": round(slowest, 2), "largest_child_mb": round(largest)}
    ok = broken == 0 and counts["harm_read"] == 0 and within
    return {"files": hostile, "mutations": mutations, **counts, **found, "ok": ok}


def _try(name: str, data: bytes, counts: Counter[str], *, harmful: bool) -> float:
    """Read one file as a caller does and count what came of it; returns the seconds it took."""
    started = time.perf_counter()
    try:
        for loaded in _read(name, data):
            counts["read"] += 1
            counts["harm_read"] += harmful and MARK in loaded
    except Unusable as unusable:
        said = unusable.problem
        whole = said.message.startswith("《") and said.message.endswith("。") and said.message_en.endswith(".")
        counts["refused" if whole else "no_sentence"] += 1
    except Exception:  # the very thing that must never happen
        counts["crashed"] += 1
    return time.perf_counter() - started


def _read(name: str, data: bytes) -> list[str]:
    if is_bundle(name):
        return [read_member(member).source.text for member in bundled(name, data)]
    return [read_bytes(name, data).source.text]


def samples() -> dict[str, bytes]:
    """One good file of each kind, made by independent libraries."""
    book, document = openpyxl.Workbook(), word.Document()
    book.active.append(["村", "户数", 120])
    document.add_paragraph(WORDS)
    files = {"表.xlsx": io.BytesIO(), "文.docx": io.BytesIO()}
    book.save(files["表.xlsx"])
    document.save(files["文.docx"])
    made = {name: buffer.getvalue() for name, buffer in files.items()}
    made["文.pdf"] = report(WORDS * 30, [["村", "户数"], ["甲村", "120"]])
    made["包.zip"] = archive({"文.txt": WORDS.encode(), "文.docx": made["文.docx"]})
    return made | {"文.txt": (WORDS * 20).encode(), "文.html": f"<p>{WORDS}</p>".encode()}


def mutated(data: bytes, random: Random) -> bytes:
    """Some bytes flipped, a stretch taken out, doubled or overwritten, or the end cut off."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at, length = random.randrange(len(out) or 1), random.randint(1, 64)
        kind = random.randrange(5)
        if kind == 0 and out:
            out[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            del out[at : at + length]
        elif kind == 2:
            out[at:at] = out[at : at + length]
        elif kind == 3:
            out[at : at + length] = random.randbytes(length)
        elif random.random() < 0.1:
            del out[at:]
    return bytes(out)


def archive(members: dict[str, bytes], *, stored: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return buffer.getvalue()


MARK = "harm-was-done"
SECRET = f"<!DOCTYPE a [<!ENTITY b '{MARK}'>]>"
PARTS = {"文.docx": "word/document.xml", "表.xlsx": "xl/worksheets/sheet1.xml"}
Recipe = Callable[[Random, dict[str, bytes]], tuple[str, bytes]]


def _office(random: Random) -> str:
    return random.choice(sorted(PARTS))


def _with(good: dict[str, bytes], name: str, more: dict[str, bytes]) -> tuple[str, bytes]:
    """A good office file with members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(good[name])) as old:
        members = {member: old.read(member) for member in old.namelist()}
    return name, archive(members | more)


def _main(good: dict[str, bytes], name: str, change: Callable[[bytes], bytes]) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(good[name])) as old:
        return _with(good, name, {PARTS[name]: change(old.read(PARTS[name]))})


def _after_declaration(content: bytes, insert: bytes) -> bytes:
    at = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    return content[:at] + insert + content[at:]


def bomb(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    return _with(good, _office(random), {"media/a.png": bytes(random.randint(5, 30) * 1_000_000)})


def many_members(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    return _with(good, _office(random), {f"m{number}": b"" for number in range(random.randint(2_001, 2_500))})


def entity(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    text = f"{MARK} file:///etc/passwd".encode()
    declared = random.choice((SECRET.encode(), b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", b"<!DOCTYPE a>"))
    return _main(
        good, _office(random), lambda content: _after_declaration(content, declared) + b"<!-- " + text + b" -->"
    )


def laughs(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    lines = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, random.randint(8, 12)))
    declared = f"<!DOCTYPE a [<!ENTITY e0 '{MARK}'>{lines}]>".encode()
    return _main(good, _office(random), lambda content: _after_declaration(content, declared))


def wide_entity(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """The declaration hidden in UTF-16."""
    body = f'<?xml version="1.0" encoding="UTF-16"?>{SECRET}<a>&b;</a>'.encode("utf-16")
    return _main(good, _office(random), lambda _content: body)


def macros(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    member = random.choice(("word/vbaProject.bin", "xl/vbaProject.bin", "word/embeddings/oleObject1.bin"))
    return _with(good, _office(random), {member: random.randbytes(100)})


def nested(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    return _with(good, _office(random), {f"a.{random.choice(('zip', 'docx', 'xlsx', 'jar'))}": good["包.zip"]})


def outside(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    path = random.choice(("../../etc/a", "/etc/a", "C:\\a", "..\\a"))
    if random.random() < 0.5:
        return "包.zip", archive({path: MARK.encode()})
    return _with(good, _office(random), {path: b"x"})


def far_corner(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    place = random.choice(("XFD1048576", "A1048576", "XFD1", "IW5", "A100001"))
    sheet = f'<worksheet><sheetData><row><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'.encode()
    return _main(good, "表.xlsx", lambda _content: sheet)


def deep(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    depth = random.choice((10_000, 200_000))
    return _main(good, _office(random), lambda _content: b"<a>" * depth)


def long_strings(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """One string of a megabyte that a hundred thousand cells point to."""
    cells = '<c t="s"><v>0</v></c>' * 200
    rows = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 400))
    strings = f"<sst><si><t>{random.random()}{'长' * 300_000}</t></si></sst>".encode()
    name, data = _main(
        good, "表.xlsx", lambda _content: f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    )
    return _with({name: data}, name, {"xl/sharedStrings.xml": strings})


def polyglot(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    first, second = random.sample(sorted(good), 2)
    return random.choice((first, second)), good[first] + good[second]


def false_name(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    first, second = random.sample(sorted(good), 2)
    return first, good[second]


def locked(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    return "密.pdf", drawn([(72, 700, MARK)], password=str(random.random()))


def scan(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    return "扫.pdf", scanned(random.randint(1, 3))


def paper_loop(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    """Pages that contain each other, and a size that no paper has."""
    size = random.choice((1, 10**9, -5))
    kids = "2 0 R " * random.randint(1, 5)
    body = f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[{kids}]/Count {size}>>endobj "
    return "圈.pdf", f"%PDF-1.7\n{body}trailer<</Root 1 0 R/Size 3>>\n%%EOF".encode()


def locked_archive(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """A member that says it is encrypted, in a zip or an office file."""
    name = random.choice(("包.zip", "文.docx", "表.xlsx"))
    data = bytearray(good[name])
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return name, bytes(data)


def locked_office(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    """What Word and WPS write under a password, and their old files: an OLE file, whatever it is called."""
    ending = random.choice(("docx", "xlsx", "doc", "wps", "xls", "et", "pdf", "txt"))
    return f"密.{ending}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK.encode() + random.randbytes(2_000)


def linked(random: Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """A template, a frame or a workbook that the file would have fetched from elsewhere."""
    kind = random.choice(("attachedTemplate", "oleObject", "frame", "subDocument"))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="r9" TargetMode="External" Target="file:///etc/passwd" Type="http://x/{kind}"/>'
    rels = {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{space}">{link}</Relationships>'.encode()}
    return (
        _with(good, "文.docx", rels)
        if random.random() < 0.5
        else _with(good, "表.xlsx", {"xl/externalLinks/a.xml": b"<a/>"})
    )


def paper_bomb(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    """A page whose instructions unpack to hundreds of megabytes, of lines or of letters."""
    drawn = random.choice((b"0 0 m 9 9 l S ", b"BT /F1 9 Tf (1233) Tj ET ", b"q ", b"% "))
    content = zlib.compress(drawn * random.randint(1_000_000, 6_000_000), 1)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 " + font + b">>>>>>"
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    body = b"".join(b"%d 0 obj%bendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream endobj\n" % (len(content), content)
    return "重.pdf", b"%PDF-1.7\n" + body + stream + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def picture(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    """60,000 by 60,000 points in a few bytes, under its own name or another."""
    size = (60_000).to_bytes(4, "big") * 2
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + size + b"\x08\x02\x00\x00\x00" + random.randbytes(50)
    return f"图.{random.choice(('png', 'docx', 'txt', 'pdf'))}", head


def noise(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    begin = random.choice((b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"<", b""))
    ending = random.choice(("docx", "xlsx", "pdf", "zip", "txt", "html", "md", "doc", "xls"))
    return f"噪.{ending}", begin + random.randbytes(random.randint(0, 5_000))


def tags(random: Random, _good: dict[str, bytes]) -> tuple[str, bytes]:
    return "标.html", random.choice((b"<", b"<!--", b"&#", b"<p ", b"](")) * 100_000


RECIPES: dict[str, Recipe] = {
    one.__name__: one
    for one in (
        bomb, many_members, entity, laughs, wide_entity, macros, nested, outside, far_corner, deep, long_strings,
        polyglot, false_name, locked, locked_archive, locked_office, linked, scan, paper_loop, paper_bomb, picture, noise,
        tags,
    )
}  # fmt: skip
