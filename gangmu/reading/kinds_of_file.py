"""Which files can be read, which cannot, and what the owner of one that cannot is told to do."""

from pathlib import Path

from gangmu.kernel.problems import Problem, Unusable
from gangmu.reading.values import Format

FORMATS: dict[str, Format] = {
    "": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
    ".docx": "docx", ".xlsx": "xlsx", ".pdf": "pdf",
}  # fmt: skip
BUNDLE = ".zip"
_OFFICE = (".docx", ".xlsx")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

_OLD_WORD = (
    "是旧版 Word 或 WPS 文档，请用 Word 或 WPS 打开，另存为 .docx 再来",
    "is an old Word or WPS document: open it in Word or WPS and save it as .docx",
)
_OLD_SHEET = (
    "是旧版表格，请用 Excel 或 WPS 打开，另存为 .xlsx 再来",
    "is an old spreadsheet: open it in Excel or WPS and save it as .xlsx",
)
_SLIDES = (
    "是演示文稿，读不了；请把文字复制到 .txt 或 .docx 里",
    "is a presentation: copy its text into a .txt or .docx",
)
_PICTURE = (
    "是图片，读不了里面的字；请用文字稿",
    "is a picture, its words cannot be read: use the text itself",
)
_PACKED = (
    "是压缩包，这种格式打不开；请解开，或者重新打包成 .zip 再来",
    "is an archive of a kind that cannot be opened: unpack it, or pack it as a .zip",
)
# What a file of another kind is called, and what its owner can do.
_OTHER_KINDS = {
    **dict.fromkeys((".doc", ".wps", ".wpt", ".dot"), _OLD_WORD),
    **dict.fromkeys((".xls", ".et", ".ett", ".xlt", ".xlsb"), _OLD_SHEET),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), _SLIDES),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), _PACKED),
    ".rtf": ("是 RTF 文档，请另存为 .docx 再来", "is an RTF document: save it as .docx"),
    ".odt": ("是 ODT 文档，请另存为 .docx 再来", "is an ODT document: save it as .docx"),
    ".ods": ("是 ODS 表格，请另存为 .xlsx 再来", "is an ODS spreadsheet: save it as .xlsx"),
    ".csv": (
        "是 CSV 表格，请用 Excel 或 WPS 打开，另存为 .xlsx 再来",
        "is a CSV table: open it in Excel or WPS and save it as .xlsx",
    ),
    ".docm": ("带有宏，请另存为不带宏的 .docx 再来", "holds macros: save it as a .docx without them"),
    ".xlsm": ("带有宏，请另存为不带宏的 .xlsx 再来", "holds macros: save it as an .xlsx without them"),
    ".ofd": (
        "是 OFD 版式文件，现在还读不了；请用 Word 原稿，或者导出成 .pdf",
        "is an OFD file, which cannot be read yet: use the Word original or export it as .pdf",
    ),
}  # fmt: skip
_MAGIC = (
    (b"{\\rtf", ".rtf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".jpg"), (b"GIF8", ".jpg"), (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"), (b"\x1f\x8b", ".gz"),
)  # fmt: skip
_ACCEPTED = (
    "能读的是 .txt、.md、.html、.docx、.xlsx、.pdf，和装着它们的 .zip",
    "files that can be read: .txt, .md, .html, .docx, .xlsx, .pdf, and a .zip of them",
)


def format_of(name: str, data: bytes) -> Format:
    """How a file with this name and these bytes is read. Raises Unusable when it is of another kind."""
    suffix = ending_of(name)
    _refuse_under_false_name(name, suffix, data)
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if data[:4] == _OLE:
        found = suffix if suffix in _OTHER_KINDS else ".doc"
    kind = found or suffix
    if kind in FORMATS:
        return FORMATS[kind]
    chinese, english = _OTHER_KINDS.get(
        kind, (f"这种文件读不了；{_ACCEPTED[0]}", f"is of a kind that cannot be read; {_ACCEPTED[1]}")
    )
    raise unusable("reading.kind", name, chinese, english)


def ending_of(name: str) -> str:
    """The file's ending in small letters, with its point; empty where it has none."""
    return Path(name).suffix.lower()


def unusable(code: str, name: str, chinese: str, english: str) -> Unusable:
    """The refusal of the file `name`; the sentences follow its name and have no full stop yet."""
    return Unusable(Problem(code, f"《{name}》{chinese}。", f"{name} {english}.", where=name))


def _refuse_under_false_name(name: str, suffix: str, data: bytes) -> None:
    """A file whose bytes say something else than its ending."""
    if data[:4] == _OLE and suffix in _OFFICE:
        old = ".doc" if suffix == ".docx" else ".xls"
        raise unusable(
            "reading.encrypted",
            name,
            f"有密码，或者其实是旧版 {old}；请去掉密码、另存为 {suffix} 再来",
            f"is protected by a password, or is really an old {old}: remove the password and save it as {suffix}",
        )
    if data[:4] == _ZIP and suffix in FORMATS and suffix not in _OFFICE:
        raise unusable(
            "reading.kind",
            name,
            "其实是压缩包或 Word 文档，只是改了名字；请把结尾改成 .docx、.xlsx 或 .zip",
            "is really an archive or an office document: rename it to .docx, .xlsx or .zip",
        )
    if data[:5] == b"%PDF-" and suffix != ".pdf":
        raise unusable(
            "reading.kind",
            name,
            "其实是 PDF，只是改了名字；请把结尾改成 .pdf",
            "is really a PDF: rename it to .pdf",
        )
