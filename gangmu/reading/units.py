"""Measure words (the guideline's §1.1 and §1.5): the longest one that stands after a numeral is its unit."""

from string import ascii_letters, digits

# Guideline §1.2, `amount`.
MONEY = (
    "元", "人民币元", "美元", "港元", "港币", "欧元", "日元", "块钱", "元人民币", "角", "元整", "圆", "毛", "毛钱",
    "角钱", "分钱",
)  # fmt: skip

# Guideline §1.4: a duration is a claim only when it is measured.
DURATION = (
    "年", "个年头", "年时间", "个月", "个半月", "个多月", "个季度", "天", "日", "个工作日", "工作日", "个自然日",
    "自然日", "周", "个星期", "星期", "小时", "个小时", "个钟头", "分钟", "秒", "秒钟", "个学时", "学时", "个课时",
    "课时", "刻钟", "个昼夜", "昼夜", "个日夜", "整天", "个交易日", "个整月",
)  # fmt: skip

RATIO = ("%", "‰", "个百分点", "百分点", "个千分点", "千分点", "成", "倍", "番", "个点")

EVENTS = (
    "次", "人次", "场次", "批次", "件次", "户次", "家次", "台次", "车次", "班次", "航次", "架次", "例次", "点次",
    "村次", "轮次", "处次", "项次", "通", "艘次", "床次", "场", "届", "轮",
    "拨", "遍", "趟", "回", "度", "期", "批", "堂", "堂课", "节", "讲",
    "集", "版", "站", "声",
)  # fmt: skip

LENGTHS_AND_WEIGHTS = (
    "公里", "千米", "米", "厘米", "毫米", "里", "延米", "海里", "平方米", "平方公里", "平方千米", "平方", "平米",
    "立方米", "立方", "方", "土石方", "亩", "亩次", "公顷", "顷", "公斤", "千克", "克", "斤", "市斤", "吨", "千瓦时",
    "千瓦", "兆瓦", "吉瓦", "度电", "升", "毫升", "吨标准煤", "吨标煤", "摄氏度", "℃", "km", "kg", "m", "cm", "mm",
    "t", "kW", "MW", "GW", "kWh", "h", "L", "g", "㎡", "m²", "m³", "km²", "㎞", "Mbps", "Gbps", "TB", "GB", "MB",
    "m2", "m3", "km2",
    "立方千米", "标方", "公吨", "兆", "瓦", "伏", "吨次", "公里/小时", "mg", "μg", "微克", "毫克", "分贝",
)  # fmt: skip

THINGS = (
    "个", "名", "位", "人", "户", "家", "件", "起", "宗", "条", "项", "例", "篇", "类", "大类", "小类", "种", "处",
    "座", "栋", "幢", "套", "间", "所", "张", "份", "本", "册", "部", "台", "辆", "架", "艘", "盏", "口", "眼", "株",
    "棵", "头", "只", "匹", "羽", "尾", "支", "队", "组", "班", "门", "岁", "周岁", "分", "箱", "桶", "袋", "瓶",
    "盒", "包", "车", "人份", "剂次", "剂", "针", "针次", "床", "席", "票", "笔", "单", "字", "块", "片", "面", "根",
    "副", "把", "幅", "封", "则", "首", "枚", "顶", "册次", "双", "对", "层", "道", "台套", "台（套）", "台(套)",
    "股", "人天", "工日", "词", "颗", "粒", "朵", "担", "页", "卷", "款", "餐", "顿", "桩", "所次", "家庭", "人户",
    "户人", "个人", "条次", "余", "尊", "方面", "批件", "件套", "件（套）", "件(套)", "宗地", "辆次", "号人", "公分",
    "级", "级次", "名次", "套次", "步", "对次", "点", "具", "领", "线", "人月", "台件", "路", "身", "伙", "杆", "束",
    "把手", "行", "列", "段", "环", "代", "大项", "小项", "大件", "大宗", "个工日", "人工日", "桌", "盆", "筐", "捆",
    "罐", "杯", "碗", "盘", "串", "扇", "坛", "篮", "窝", "工时", "机时", "学分", "标箱", "台班", "个工时", "个学分",
    "个标箱", "个台班", "桌次", "帖", "壶", "锅",
)  # fmt: skip

# Words that look like a measure word but order, rank or name when they follow a numeral (§1.3, 2 and 3).
NEVER = frozenset(
    (
        "级",
        "线",
        "路",
        "身",
        "名次",
        "把手",
        "步",
        "代",
        "点",
        "余",
        "家庭",
        "方面",
        "环",
        "伙",
        "级次",
        "个人",
        "行",
        "列",
    )
)

UNITS = frozenset(MONEY + DURATION + RATIO + EVENTS + LENGTHS_AND_WEIGHTS + THINGS) - NEVER
FIRST = "".join(sorted({unit[0] for unit in UNITS}))

# After a slash: 元/亩, 人/平方公里, 公里/小时.
PER = frozenset(UNITS | {"月", "日", "季度", "季", "人", "亩", "年", "时", "平方米", "㎡", "户"})

# A measure word with one of these signs after it begins another word: 部门, 条例, 家庭.
BEGINS_ANOTHER_WORD = {
    "拨": "付款给到发入出下转用打号专",
    "部": "门署长分委", "条": "例件", "项": "目", "名": "单称胜牌", "场": "所地面景馆", "台": "账湾",
    "本": "地级质身次届市区县镇村科报", "位": "置居列数于", "组": "织长建成", "门": "类诊户", "班": "子长组",
    "轮": "流岗", "分": "别为类工享散公管析配店局会之布解级批校支红", "成": "立为员果效绩功长熟就本都品",
    "天": "然津气", "年": "级轻龄均", "户": "籍口外", "家": "庭长园属乡", "人": "民员才大口力物社事均居格类",
    "笔": "记试录", "面": "积对向貌试", "期": "间末望刊待", "度": "假过量", "套": "餐路", "间": "接隔",
    "所": "以在长属", "处": "理置分罚级长于", "座": "谈位", "起": "来步草点义诉伏", "批": "评准示复发",
    "类": "似型别", "层": "级面次", "道": "路德理", "片": "区面", "块": "状", "回": "复访应头", "单": "位元独",
    "对": "于比接照口象标待外应策", "双": "方向", "头": "雁部", "支": "部队持撑付出行委书", "节": "日约点能假气目",
    "口": "号径", "周": "边年期围转岁", "日": "常前", "把": "握关控", "包": "括含保联村", "首": "先次个批届要",
    "副": "书主市县区局", "种": "植养子粮", "只": "有要能", "票": "据", "针": "对", "具": "有体备", "领": "导域先",
    "车": "辆间站", "字": "号", "里": "面程", "方": "面式案法便向针", "次": "序", "股": "份东权", "个点": "位",
    "讲": "话课述解座", "集": "中体团聚", "届": "中", "版": "本权", "站": "点位稳", "页": "面", "卷": "入",
    "款": "式", "度电": "子商", "段": "落", "克": "服", "升": "级学至", "瓦": "解", "秒": "杀", "里程": "碑",
    "户人": "家居均口民才员", "倍": "增感", "宗": "旨教", "份": "额", "例": "如外会行", "则": "是", "床": "位",
    "队": "伍员长", "通": "过道知信报告行常用车航电水气关畅俗讯达路风透", "元整": "整个", "声": "音势", "席": "位",
    "桌": "面子椅球游", "盆": "地栽景腔", "罐": "头车区", "杯": "子水茶赛", "碗": "筷水", "盘": "活点子旋棋查存",
    "串": "联门珠通", "扇": "区贝形", "坛": "罐", "窝": "棚点案", "锅": "炉灶饭", "帖": "子", "壶": "口",
    "毛": "利重线病巾衣竹孩坯猪料笔驴豆毯坦泽收",
}  # fmt: skip

# The sign after the measure word begins the noun: 三支 + 队伍, 十二项 + 目标, 五起 + 诉讼.
STILL_A_UNIT = (
    "支队伍",
    "支部队",
    "项目标",
    "起诉讼",
    "条件款",
    "人大专",
    "人均为",
    "位居民",
    "名单身",
)


def _lengths_by_first_sign(words: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with a sign, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {sign: tuple(sorted(each, reverse=True)) for sign, each in lengths.items()}


def _begins_another_word(unit: str) -> frozenset[str]:
    """The signs that may not stand behind a measure word; behind one of Latin letters, no letter and no digit."""
    if unit.isascii() and unit[-1].isalpha():
        return frozenset(ascii_letters + digits)
    return frozenset(BEGINS_ANOTHER_WORD.get(unit, ""))


_NOT_BEHIND = {unit: _begins_another_word(unit) for unit in UNITS}
_UNIT_LENGTHS, _PER_LENGTHS = _lengths_by_first_sign(UNITS), _lengths_by_first_sign(PER)


def unit_after(text: str, at: int) -> int:
    """The end of the longest measure word at `at`, or `at` where there is none. A slash joins two (元/亩)."""
    for length in _UNIT_LENGTHS.get(text[at : at + 1], ()):
        unit = text[at : at + length]
        others = _NOT_BEHIND.get(unit)
        if others is None:
            continue
        end = at + len(unit)
        following = text[end : end + 1]
        if following == "/":
            return _with_slash(text, end)
        if following not in others or text.startswith(STILL_A_UNIT, at):
            return end
    return at


def _with_slash(text: str, end: int) -> int:
    """Where the measure ends whose first word ends before the slash at `end`."""
    for length in _PER_LENGTHS.get(text[end + 1 : end + 2], ()):
        base = text[end + 1 : end + 1 + length]
        if base in PER:
            return end + 1 + len(base)
    return end
