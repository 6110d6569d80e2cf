"""Title, headings, running points, and where a document begins and ends."""

import pytest

from gangmu.reading.values import Format
from tests.reading.support import reading

PROSE = "今年以来，全镇上下坚持党建引领，扎实推进各项工作，取得了明显成效。"


def outline(text: str, form: Format = "txt") -> list[tuple[int, str | None, str]]:
    return [(heading.level, heading.marker, heading.title) for heading in reading(text, form).outline]


def body(text: str, form: Format = "txt") -> str:
    span = reading(text, form).body.span
    return text[span.start : span.end]


def test_every_level_of_marker_is_found_in_order() -> None:
    text = (
        f"在推进会上的讲话\n同志们：\n一、肯定成绩\n{PROSE}\n（一）强化学习，"
        f"筑牢根基。一是理论武装走深走实。{PROSE}二是政治生活规范。{PROSE}\n1. 抓好培训：每月一次。\n（2）抓好考核"
        f"。\n"
    )
    assert outline(text) == [
        (0, None, "在推进会上的讲话"), (1, "一、", "肯定成绩"), (2, "（一）", "强化学习，筑牢根基"), (3, "一是", "理论武装走深走实"),
        (3, "二是", "政治生活规范"), (3, "1. ", "抓好培训"), (3, "（2）", "抓好考核"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "首先，要抓好学习。",
        "第一种是能干。",
        "一方面要抓，另一方面要管。",
        "统一是关键。",
        "全年增长1.2%，很好。",
        "第一、二、三产业协调发展。",
    ],
)
def test_words_that_only_look_like_markers_are_none(text: str) -> None:
    assert outline(f"工作报告\n{PROSE}{text}") == [(0, None, "工作报告")]


def test_a_heading_in_running_text_ends_where_its_line_visibly_ends() -> None:
    text = (
        "述职报告 同志们: 下面我讲几点。 一、肯定成效、总结经验,切实增强信心 过去一年,全市各级认真落实。 (一)强化"
        "建设,筑牢根基,政治功能 持续增强。各级落实。"
    )
    assert outline(text)[1:] == [
        (1, "一、", "肯定成效、总结经验,切实增强信心"),
        (2, "(一)", "强化建设,筑牢根基,政治功能 持续增强"),
    ]


def test_unnumbered_headings_alone_on_their_line_are_level_one() -> None:
    assert outline(f"# 工作总结\n\n{PROSE}\n\n## 主要问题\n\n{PROSE}\n", "md") == [
        (0, None, "工作总结"),
        (1, None, "主要问题"),
    ]
    assert outline(f"<h1>工作总结</h1><p>{PROSE}</p><h2>主要问题</h2><p>{PROSE}</p>", "html") == [
        (0, None, "工作总结"),
        (1, None, "主要问题"),
    ]
    assert outline(f"工作总结\n{PROSE}\n主要问题\n{PROSE}\n") == [(0, None, "工作总结"), (1, None, "主要问题")]


def test_offsets_lead_from_marker_to_the_end_of_the_title() -> None:
    text = f"工作总结\n{PROSE}\n一、抓学习\n{PROSE}"
    heading = reading(text).outline[1]
    assert text[heading.span.start : heading.span.end] == "一、抓学习"


def test_the_body_lies_between_the_boilerplate() -> None:
    text = (
        f"某某文库\n首页 > 讲话\n加入收藏 下载\n\n在推进会上的讲话\n\n同志们：\n{PROSE}\n\n青禾市委\n2024年5月6日"
        f"\n\n微信扫码领取福利\n上一篇：讲话稿\n"
    )
    found = body(text)
    assert found.startswith("在推进会上的讲话")
    assert found.endswith("2024年5月6日")


@pytest.mark.parametrize("opening", ["登记企业2400家。", "受理诉求1,233件。", "投入1.2亿元。"])
def test_a_short_sentence_with_its_number_opens_the_body(opening: str) -> None:
    assert body(f"{opening}\n一是个体转企360家。\n").startswith(opening)


@pytest.mark.parametrize("furniture", ["共236篇", "阅读 2400", "第12期"])
def test_a_count_of_the_page_opens_no_body(furniture: str) -> None:
    assert not body(f"{furniture}\n一是个体转企360家，占全部登记企业的15%。\n").startswith(furniture)


def test_the_copy_of_the_title_next_to_the_text_counts() -> None:
    text = f"在推进会上的讲话\nadmin 分享 时间: 加入收藏 共计2567个字\n在推进会上的讲话\n{PROSE}"
    assert reading(text).body.span.start == text.rindex("在推进会上的讲话")
    assert reading(text).claims == ()


def test_word_counts_counters_and_numbers_of_the_page_are_no_claims() -> None:
    text = f"工作总结（4201字）\n同志们：\n{PROSE}走访120户。\n下载(512) 点赞(128)\nQQ群：56231478\n"
    assert [claim.text for claim in reading(text).claims] == ["120户"]


@pytest.mark.parametrize(
    ("ending", "truncated"),
    [
        ("各项工作扎实推进。", False),
        ("各项工作扎实推进，基层党", True),
        ("各项工作扎实推进。\n........试读结束........", True),
        ("各项工作扎实推进。\n县委办\n2024年1月2日", False),
    ],
)
def test_a_text_that_breaks_off_is_truncated(ending: str, truncated: bool) -> None:
    assert reading(f"工作总结\n{PROSE}\n{PROSE}{ending}").body.truncated is truncated


def test_document_number_and_letterhead_lie_outside() -> None:
    text = f"青办发〔2024〕12号\n\n关于表彰先进的通报\n\n各镇党委：\n{PROSE}"
    assert body(text).startswith("关于表彰先进的通报")


def test_an_empty_text_has_an_empty_reading() -> None:
    for text in ("", "\n \n", "。"):
        found = reading(text)
        assert found.claims == ()
        assert found.body.truncated is False
