"""Words that say a number is not exact (the guideline's §1.5): the inner one wins, then the nearest."""

from gangmu.reading.patterns import pattern
from gangmu.reading.quantity import Quantity
from gangmu.reading.values import Approx

_INNER: dict[str, Approx] = {"余": "over", "多": "over", "几": "over", "来": "about"}

# Longer words first where one ends in another (不超过 before 超过).
_BEFORE: tuple[tuple[Approx, str], ...] = (
    ("at_least", "不少于 不低于 不得少于 不得低于 不得小于 不小于 不能少于 不能低于 不应少于 不应低于 至少"),
    (
        "at_most",
        "未超过 没超过 没有超过 未超 不超过 不得超过 不能超过 不许超过 不准超过 不应超过 "
        "不宜超过 无一超过 不能高于 不能多于 不高于 不多于 不超 最多 至多",
    ),
    ("under", "不到 不足 不满 少于 低于 未达到 未到"),
    ("over", "超过 逾 突破 超 高于 多于 超出 上 过"),
    ("nearly", "将近 接近 近"),
    ("about", "大约 约 约为 约占 大概"),
)
_MEANING = {word: meaning for meaning, words in _BEFORE for word in words.split()}
_FIRST_WORDS = tuple(_MEANING)
_LAST_SIGNS = frozenset(word[-1] for word in _FIRST_WORDS)  # one look tells most numbers from the few with a word
_OTHER_WORDS = (
    "附近", "最近", "邻近", "靠近", "临近", "预约", "签约", "节约", "公约", "履约", "制约", "集约", "邀约", "契约",
    "赶超", "反超", "高超", "经过", "通过", "超过了", "网上", "线上", "以上", "向上", "基础上", "历史上", "早上",
    "晚上", "总体上", "度过", "开过", "办过", "做过", "去过", "受过", "搞过", "过上",
)  # fmt: skip
_STRIVING = ("力争", "争取", "确保", "有望", "要", "将", "首次", "已", "双双", "均", "都")
_AGAINST = frozenset(("低于", "高于", "超过", "多于", "少于", "超出"))
_STANDARD = pattern("的[^,。;:、]{0,4}(?:警戒线|控制线|红线|承诺|标准|目标|任务|要求|时限|限额|定额)")
_OF_A_POLL = frozenset(("人", "户", "名", "票", "份"))
_TOO_FEW = pattern(r"(?:^|[,。;:、\n\t])[\u4e00-\u9fff]*[^,。;:、数量率额人户票份例\d]不足$")
_FAR = pattern(
    r"(至少|不少于|不得少于|不低于|不得低于|不超过|不[得能许应]超过|约占|不到|不足)[^,。;:!?、\d\n\t]{1,8}$|(超过)[^,。;:!?、\d\n\t]{1,8}的$|(约为)[^,。;:!?、\n\t]{1,12}的$"
)
_FAR_SIGN = pattern("[至不约超]")
_ITS_OWN = pattern(r"(?:于|少|过|到|足)[一二两三四五六七八九十百千]+(?:个|次|天|年|名|户|件|场|人|分|亩|元)")
_FAR_MEANING: dict[str, Approx] = {
    "至少": "at_least", "不得少于": "at_least", "不得低于": "at_least", "约为": "about",
    "不少于": "at_least", "不低于": "at_least", "不超过": "at_most", "约占": "about",
    "不到": "under", "不足": "under", "超过": "over",
}  # fmt: skip
_AFTER = pattern(
    r"(?:\(含[^()]{0,6}\))?(?:(?P<least>(?:及|\(含\)|或)?以上)|(?P<most>(?:及|\(含\)|或)?以下|以内|之内|内(?![部容"
    r"设外控生心涝陆地需]|销(?!号)))|(?P<about>左右|上下(?!联|游|贯|级|班)))"
)
_AFTER_SIGNS = frozenset("(及或以之内左上")  # what it may begin with


def approximator(text: str, quantity: Quantity) -> Approx | None:
    """The guideline's `approx` of the quantity; None for a bare figure (达, 共, 累计, 仅 do not count)."""
    if quantity.inner:
        return _INNER[quantity.inner]
    return _before(text, quantity) or _after(text, quantity)


def _before(text: str, quantity: Quantity) -> Approx | None:
    start = quantity.start
    if text[start - 1 : start] not in _LAST_SIGNS or not text.endswith(_FIRST_WORDS, max(0, start - 4), start):
        return _far_before(text, start, quantity.unit)
    if text.endswith(_OTHER_WORDS, max(0, start - 3), start):
        return None
    for word, meaning in _MEANING.items():
        if text.endswith(word, 0, start):
            if _is_compared(text, quantity, word):
                return None
            return meaning if _fits(text, word, quantity) else _far_before(text, start, quantity.unit)
    return None


def _is_compared(text: str, quantity: Quantity, word: str) -> bool:
    """低于100%的警戒线: set against it. 停车位不足1320人，占66%: so many said that there are too few."""
    if word in _AGAINST and _STANDARD.match(text, quantity.end):
        return True
    return (
        word == "不足"
        and _TOO_FEW.search(text, max(0, quantity.start - 12), quantity.start) is not None
        and (text.startswith((",占", "(占"), quantity.end) and quantity.unit in _OF_A_POLL)
    )


def _fits(text: str, word: str, quantity: Quantity) -> bool:
    """过 belongs to 过半, 上 and 过 to round numbers (上千, 过百)."""
    round_number = quantity.digits[0] in "百千万亿" or quantity.digits in ("十万", "百万", "千万", "十亿")
    if word == "过" and text.endswith(_STRIVING, 0, quantity.start - 1):
        return True  # 力争过50万元
    if word == "过":
        return quantity.script == "half" or round_number
    return word != "上" or round_number


def _far_before(text: str, start: int, unit: str) -> Approx | None:
    if not _FAR_SIGN.search(text, max(0, start - 16), start):
        return None
    found = _FAR.search(text, max(0, start - 16), start)
    if found is None or (found[2] and unit not in ("%", "成", "倍")) or _ITS_OWN.search(text, found.start(), start):
        return None  # 不少于十次的有四十八名: the word belongs to 十次
    return _FAR_MEANING.get(found[1] or found[2] or found[3], "at_most")


def _after(text: str, quantity: Quantity) -> Approx | None:
    if text[quantity.end : quantity.end + 1] not in _AFTER_SIGNS:
        return None
    found = _AFTER.match(text, quantity.end)
    if found is None:
        return None
    return {"least": "at_least", "most": "at_most", "about": "about"}[found.lastgroup or ""]  # type: ignore[return-value]
