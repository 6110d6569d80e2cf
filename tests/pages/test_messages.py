"""Message catalogues: compiled without gettext programs, malformed ones refused with file and line."""

import gettext
import os
from pathlib import Path

import pytest

from gangmu.pages import messages

GOOD = """# the desk
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "我的"
msgstr "My desk"

msgid ""
"找到%(count)s"
"个单位"
msgstr "%(count)s units found"

#, fuzzy
msgid "台账"
msgstr "Maybe ledger"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "django.po"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_standard_library_reads_what_we_compile(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    target.write_bytes(messages.compiled(messages.read_catalogue(write(tmp_path, GOOD))))
    with target.open("rb") as file:
        found = gettext.GNUTranslations(file)
    assert found.gettext("我的") == "My desk"
    assert found.gettext("找到%(count)s个单位") == "%(count)s units found"


COUNTING = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(count)s件"
msgid_plural "%(count)s件"
msgstr[0] "%(count)s thing"
msgstr[1] "%(count)s things"
"""


def test_what_counts_has_a_form_for_one_and_a_form_for_many(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    target.write_bytes(messages.compiled(messages.read_catalogue(write(tmp_path, COUNTING))))
    with target.open("rb") as file:
        found = gettext.GNUTranslations(file)
    source = "%(count)s件"
    said = [found.ngettext(source, source, number) for number in (0, 1, 2)]
    assert said == ["%(count)s things", "%(count)s thing", "%(count)s things"]


def test_what_counts_is_found_in_templates_and_modules_with_both_sources() -> None:
    block = "{% blocktranslate trimmed count n=total with count=total|number %}{{ count }}件{% plural %}{{ count }}件{% endblocktranslate %}"
    assert list(messages.in_template(block)) == ["%(count)s件\0%(count)s件"]
    assert list(messages.in_python('ngettext("%(n)s件", "%(n)s件", n)')) == ["%(n)s件\0%(n)s件"]


def test_a_fuzzy_entry_is_not_compiled(tmp_path: Path) -> None:
    target = tmp_path / "django.mo"
    target.write_bytes(messages.compiled(messages.read_catalogue(write(tmp_path, GOOD))))
    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("台账") == "台账"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('msgid "a"\n\n', "one msgid and one msgstr"),
        ('msgid "a"\nmsgid_plural "a"\nmsgstr[0] "b"\n\n', r"both msgstr\[0\]"),
        ("msgid unquoted\n", "django.po:1"),
        ("nonsense\n", "django.po:1: expected msgid"),
        ('msgid "a"\nmsgstr "unclosed\n', "django.po:2"),
    ],
)
def test_a_malformed_catalogue_is_refused_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(messages.MalformedCatalogue, match=says):
        messages.read_catalogue(write(tmp_path, text))


def test_compile_all_writes_each_catalogue_beside_its_source(tmp_path: Path) -> None:
    source = write(tmp_path, GOOD)
    assert messages.compile_all(tmp_path) == [source.with_suffix(".mo")]
    assert source.with_suffix(".mo").is_file()


def test_a_catalogue_that_is_compiled_again_is_never_half_there(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    [target] = messages.compile_all(tmp_path)
    with target.open("rb") as reader:
        assert messages.compile_all(tmp_path) == [target]
        assert gettext.GNUTranslations(reader).gettext("我的") == "My desk"
        assert target.stat().st_ino != os.fstat(reader.fileno()).st_ino  # one that reads keeps the whole it began with
    assert [path.name for path in target.parent.glob("*.mo")] == [target.name]


def test_messages_of_a_template_are_found_as_django_looks_them_up() -> None:
    block = "{% blocktranslate trimmed with n=rows|length %}\n 共{{ n }}行，占5%\n{% endblocktranslate %}"
    text = '{% translate "我的" %}{% translate "占5%" %}' + block + '{{ _("台账") }}'
    assert sorted(messages.in_template(text)) == sorted(["我的", "占5%%", "共%(n)s行，占5%%", "台账"])


def test_messages_of_a_module_are_the_literals_of_the_gettext_calls() -> None:
    text = (
        'a = _("我的")\nb = gettext_lazy("台账")\nc = other("不是")\nd = _(variable)\ne = translation.gettext("数字")\n'
    )
    assert sorted(messages.in_python(text)) == sorted(["我的", "台账", "数字"])
