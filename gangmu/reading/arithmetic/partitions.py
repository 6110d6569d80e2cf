"""Which labels shut each other out and leave nothing over, and which may overlap. Decided by the labels alone."""

import re

from gangmu.reading.patterns import pattern

CLASSES = "类级型式性期线片区镇乡村县组部局委街道段"
GRADES = (
    "好", "较好", "一般", "较差", "差", "优秀", "良好", "称职", "基本称职", "不称职", "合格", "基本合格", "不合格",
    "满意", "基本满意", "不满意", "非常满意", "优", "良", "中", "达标", "不达标",
)  # fmt: skip
# Attributes that one and the same person, household or thing may have together.
OVERLAPPING = pattern(
    r"认为|女|小微|科技型|民营|规上|规模以上|高新|外资|上市|出口|专精特新|少数民族|学历|大专|本科|研究生|岁|以上|以下|退役|致富|困难|重点|重大|青年|老[年人党]|党员|团员|[^\u4e00-\u9fff]0后|涉及|含|流动|预备|"
    r"残疾|留守|外出|返乡|特困|低保|监测|脱贫|骨干|代表|志愿|参与|获|受|达到|配备|具备|(?<!没)有[\u4e00-\u9fff]{2}"
)
# One and the same thing may be in several of the parts.
MANIFOLD = pattern(
    r"有的一|几个原因|多个原因|多种原因|有交叉|有重[复叠合]|身份重合|兼有|兼具|两种属性|两种身份|不止一|同时[\u4e00-\u9fff]{0,2}(?:受|有|属|涉|享|参|具|选)|"
    r"都有的|都[参选报]了|既[^,。;]{1,8}又|可(?:以)?(?:多选|同时|涉及|兼报)|[一每][条件人户个名家项][^,。;]{0,6}(?:可|能|或)[^,。;]{0,4}(?:多|几|两|二|同时)|各算各|"
    r"不(?:要|能|可)加在一起|不能(?:简单)?相加|存在(?:交叉|重复|重叠)|不重[复叠]的?(?:量|部分)"
)
# 食堂52条、作业40条，其余零散; 匿名的另行登记: told, and not counted.
LEFT_OVER = pattern("^[,;、](?:(?:其余|其他|其它|余下|剩下)|[^,。;]{1,8}?(?:另行|另外|单独|不计|未计|没有计|不在))")
OPPOSITES = (
    ("男", "女"), ("有效", "无效"), ("有效", "废"), ("城市", "农村"), ("城镇", "农村"), ("已", "未"), ("直接", "间接"),
    ("线上", "线下"), ("连任", "新当选"), ("本村", "外来"), ("本地", "外地"), ("本县", "外县"), ("专职", "兼职"),
    ("立即", "限期"), ("立行立改", "限期"), ("当场", "限期"), ("现场", "限期"), ("县内", "县外"), ("省内", "省外"),
    ("市内", "市外"), ("上级", "自筹"), ("国有", "社会"), ("公办", "民办"), ("新建", "改建"), ("自建", "购买"),
    ("初访", "重复访"), ("首次", "重复"), ("当场", "转"), ("直接", "转"), ("已", "正在"),
)  # fmt: skip
ONE_OF_TWO = pattern("|".join(sorted({a for a, _ in OPPOSITES})))


def is_partition(labels: list[str]) -> bool:
    """男 and 女; 合格 and 不合格; ages or sums from 以下 up to 以上: classes that leave nothing out."""
    if len(labels) < 2:
        return False
    ends = labels[0] + labels[-1]
    if "下" in ends and "上" in ends and _are_ages_or_sums(labels, ends):
        return True
    if "不" in "".join(labels) and _is_denied(labels):
        return True
    return len(labels) == 2 and ONE_OF_TWO.search(ends) is not None and _are_opposites(*labels)


def _are_ages_or_sums(labels: list[str], ends: str) -> bool:
    told = all("岁" in one or "元" in one for one in labels)
    return told and bool(re.search("以下|及下", ends) and re.search("以上|及上", ends))


def _is_denied(labels: list[str]) -> bool:
    told = [one.rstrip("的") for one in labels]
    return any(
        a[-2:] and a[-2:] == b.replace("不", "", 1)[-2:] and "不" in b and "不" not in a for a in told for b in told
    )


def _are_opposites(one: str, other: str) -> bool:
    return any((a in one or a in other) and (b in one or b in other) for a, b in OPPOSITES)


def are_places(labels: list[str]) -> bool:
    """Bare names of one length stand side by side and do not overlap."""
    return len({len(one) for one in labels}) == 1 and 1 < len(labels[0]) <= 4


def are_classes(labels: list[str]) -> bool:
    """咨询类、投诉类、建议类; 省级、市级、县级."""
    last = {one[-1:] for one in labels}
    return len(last) == 1 and last <= set(CLASSES)
