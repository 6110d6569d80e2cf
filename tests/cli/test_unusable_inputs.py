"""What cannot be read gets one plain sentence in each language: which file, what is wrong, what to do."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.calling import Done, gangmu, records, word_document, written


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, content in members.items():
            out.writestr(name.replace("_", "/"), content)
    return buffer.getvalue()


def word_bytes(folder: Path) -> bytes:
    return word_document(folder, "原稿.docx", ["走访120户。" * 50]).read_bytes()


def encrypted(data: bytes) -> bytes:
    """The same archive with every member marked as encrypted, in its own header and in the directory."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
CASES = {
    "旧稿.doc": (lambda _: OLE, "另存为 .docx"),
    "旧稿.wps": (lambda _: OLE, "另存为 .docx"),
    "大写.WPS": (lambda _: b"anything", "另存为 .docx"),
    "旧稿.rtf": (lambda _: b"{\\rtf1 x}", "另存为 .docx"),
    "旧稿.odt": (lambda _: archive(content_xml=b"<x/>"), "另存为 .docx"),
    "文.pdf": (lambda _: b"%PDF-1.7\n", "另存一份"),
    "其实是pdf.txt": (lambda _: b"%PDF-1.7\n", "改成 .pdf"),
    "旧表.xls": (lambda _: OLE, "另存为 .xlsx"),
    "旧表.et": (lambda _: OLE, "另存为 .xlsx"),
    "宏.xlsm": (lambda _: archive(a=b"x"), "另存为不带宏的 .xlsx"),
    "密.xlsx": (lambda _: OLE, "请去掉密码"),
    "包.rar": (lambda _: b"Rar!\x1a\x07", "重新打包成 .zip"),
    "文.ofd": (lambda _: archive(OFD_xml=b"<x/>"), "Word 原稿"),
    "表.xlsx": (lambda _: archive(xl_workbook_xml=b"<x/>"), "另存为 .xlsx"),
    "表.csv": (lambda _: "户,1\n".encode(), "另存为 .xlsx"),
    "图.png": (lambda _: b"\x89PNG\r\n", "请用文字稿"),
    "空.zip": (lambda _: archive(), "里没有文件"),
    "半截.zip": (lambda _: archive(a=b"x")[:30], "另存为 .zip"),
    "其实是word.zip": (lambda folder: word_bytes(folder), "改回 .docx"),
    "爬出去.zip": (lambda _: archive(**{".._x.txt": b"x"}), "重新打包"),
    "密码.zip": (lambda _: encrypted(archive(a=b"x")), "请去掉密码"),
    "文.exe": (lambda _: b"MZ\x90", "能读的是"),
    "密.docx": (lambda _: OLE, "请去掉密码"),
    "密压缩.docx": (lambda folder: encrypted(word_bytes(folder)), "请去掉密码"),
    "半截.docx": (lambda folder: word_bytes(folder)[:4000], "另存一份"),
    "差一点.docx": (lambda folder: word_bytes(folder)[:-30], "另存一份"),
    "零字节.docx": (lambda _: b"", "另存一份"),
    "不是.docx": (lambda _: archive(a_txt=b"x"), "另存为 .docx"),
    "其实是压缩包.txt": (lambda _: archive(a_txt=b"x"), "改成 .docx"),
    "程序.txt": (lambda _: b"abc\x00def", "另存为 UTF-8"),
    "乱.txt": (lambda _: b"\xff\x81\xff\xfe\x00\xff" * 9, "另存为 UTF-8"),
    "半个.txt": (lambda _: b"\xff\xfe\x12", "另存为 UTF-8"),
    "大.txt": (lambda _: b"a" * (21 * 1024 * 1024), "分成几份"),
    "大.docx": (lambda _: b"PK\x03\x04" + bytes(21 * 1024 * 1024), "分成几份"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """What `claims` said when it was given every one of them at once, and a good file among them."""
    folder = tmp_path_factory.mktemp("in")
    paths = [written(folder, name, made(tmp_path_factory.mktemp("made"))) for name, (made, _) in CASES.items()]
    return gangmu("claims", *paths, written(folder, "好.txt", "走访120户。"))


@pytest.mark.parametrize("name", CASES)
def test_each_gets_a_sentence_that_says_what_to_do(told: Done, name: str) -> None:
    lines = told.stderr.decode("utf-8").splitlines()
    place = 2 * list(CASES).index(name)
    chinese, english = lines[place : place + 2]
    assert chinese.startswith(f"《{name}》")
    assert chinese.endswith("。")
    assert CASES[name][1] in chinese
    assert english.startswith(name)
    assert english.endswith(".")


def test_nothing_else_is_said_and_the_good_file_is_read(told: Done) -> None:
    assert told.returncode == 2
    assert len(told.stderr.decode("utf-8").splitlines()) == 2 * len(CASES)
    assert [record["doc"] for record in records(told)] == ["好.txt"]


@pytest.mark.parametrize("word", ["text", "check"])
def test_every_command_says_the_same(scratch: Path, word: str) -> None:
    path = written(scratch, "旧稿.wps", OLE)
    options = ["--no-ledger"] if word == "check" else []
    done = gangmu(word, *options, path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == gangmu("claims", path).stderr


def test_a_folder_and_a_missing_file_are_said_plainly(scratch: Path) -> None:
    (scratch / "文件夹").mkdir()
    done = gangmu("claims", scratch / "文件夹", scratch / "没有.txt")
    assert done.returncode == 2
    told = done.stderr.decode()
    assert "《文件夹》是一个文件夹" in told
    assert "《没有.txt》没有找到" in told


@pytest.mark.parametrize(
    ("name", "content"), [("空.txt", b""), ("空.md", "\ufeff\n \n".encode()), ("空.txt", "\r\n\u3000".encode())]
)
def test_an_empty_text_is_read_and_said_to_be_empty(scratch: Path, name: str, content: bytes) -> None:
    done = gangmu("claims", written(scratch, name, content))
    assert (done.returncode, done.stdout) == (0, b"")
    assert f"《{name}》里没有文字" in done.stderr.decode()


def test_a_word_document_without_a_word_is_said_to_be_empty(scratch: Path) -> None:
    done = gangmu("claims", word_document(scratch, "空.docx", ["", " "]))
    assert (done.returncode, done.stdout) == (0, b"")
    assert "《空.docx》里没有文字" in done.stderr.decode()
