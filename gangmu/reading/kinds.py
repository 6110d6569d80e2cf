"""What sort of number a claim is (the guideline's §1.2): norm beats change beats ratio beats amount beats count."""

from gangmu.reading.alternatives import searched
from gangmu.reading.exclusions import MONEY_TOLD
from gangmu.reading.norms import is_norm
from gangmu.reading.patterns import pattern
from gangmu.reading.place import CLAUSE_ENDS
from gangmu.reading.quantity import FRACTION, HALF, Quantity
from gangmu.reading.units import LENGTHS_AND_WEIGHTS, MONEY
from gangmu.reading.values import Kind

_MONEY = frozenset(MONEY)
_MEASURES = frozenset((*LENGTHS_AND_WEIGHTS, "学时", "岁", "分"))
_EARLIER = pattern(r"[比较][^,。;:]{1,12}(?:提前|推迟|延后|提早)了?$")  # 比去年提前22天; 提前22天完成 is no change
_NORM_ENDS = frozenset("标划务求准线值数)")  # one look tells most numbers from the few behind a norm
_GAP_ENDS = frozenset("快慢高低多少超长短早晚出了")
# Guideline §4: a gap to a norm is no change.
_FROM_A_NORM = pattern(
    r"(?:超过?|超出|高[于出]|低于|不及|欠|[短超]收)[^,。;:]{0,6}(?:目标|计划|任务|要求|标准|控制线)(?:值|数)?(?:\([^()]{1,8}\))?$"
)
_PROPORTION = pattern(r"[^,。;:]{2}比(?:值|率)?(?:约?为|约?是|达到?)?$")  # 城乡居民收入比为2.4
_ARROWS = ("↑", "↓", "▲", "▼")
_FROM_TO = pattern(r"[由从][^,。;]*[为到至]$")
_BECOMES = ("降为", "升为", "增为", "减为", "变为", "缩为", "扩为")  # 年末降为52.7% is a level
_RATES = frozenset(("%", "‰", "成", "倍"))
_ALWAYS_CHANGE = frozenset(("个百分点", "百分点", "个千分点", "千分点", "番", "个点"))

_BETWEEN = (
    r"(?:了|率|幅度?|速度?)?(?:[（(][^()]{0,6}[)）])?(?:分别|各|平均|均|都|也|仅|年均|累计|将)?(?:为|达到?|"
    r"高达|是|:)?"
    r"(?:约|近|超过?|逾|不到|不足|至少|将近|接近|突破)?了?$"
)
# A rise or fall right before the number. The second form is for things and money, where 提升140个 is an output.
_RATE_MOVES = searched(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|下滑|缩减|压减|压缩|缩短|增幅|降幅|涨幅|减幅|增速|"
    r"净增长|净增|净减|成长|同比|环比|扩大|收窄|攀升|递增|递减|放缓|"
    r"[多少][亏收用花支产交]|增值|增产|减产|增收|减收|下跌|回升|缩水|多|少|降|涨|升|低|高出|高|增(?<!新增)|减|翻)"
    + _BETWEEN
)
_THING_MOVES = searched(
    r"(?:^[多少](?:等|跑|走|排队?|花|用|缴|付)|贵了?|便宜|增长|增加|净增加|提前|上升|上涨|下降|降低|减少|回落|下滑|缩减|压减|压缩|缩短|增幅|降幅|涨幅|减幅|净增长|净增|"
    r"净减|同比|环比|递增|递减|[比较][^,。;:]{1,10}[多少](?:[收用花支产交发开来办建种养卖]|出)?|[比较](?:[^,。;:]{0,9}[年月季期天周日前时届次批轮初]|往[年常]|原[来先]|过去)[^,。;:]{0,3}[高低]出?|少了|多了|净增|"
    r"(?:压减|压缩|精简|核减)[^,。;:\d]{0,8}(?:经费|支出|开支|费用))" + _BETWEEN
)
_STILL = searched(
    r"(?:最多|至多|最少|至少|不少|缺少|大多|许多|众多|最高|最低|不低|较高|较低|高低|不高|多少|提前|高达|多达|"
    r"低至|[起建筑修]高)(?:达|为)?$"
)
# 使…比例增长30%, 增长的幅度…12%: the moving word stands a few words before the rate, which is not a level reached.
_RATE_MOVED_EARLIER = pattern(
    r"(?:增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|下滑|增幅|降幅|涨幅|增速|同比|环比|递增|压减|压缩|"
    r"缩短)(?!到|至|为|率达标)[^,。;:!?、\n\t\d]{0,8}$"
)
_LEVEL = pattern(
    r"(?:到|至|达标率|占比?|比重|比例|率|实现|完成)(?:为|达到?|是)?(?:了)?(?:约|近|超过?|逾)?$|占[^,。;]{1,12}的$"
)
_BY_A_NORM = pattern(
    r"[比较][^,。;:]{0,8}(?:原定|既定|序时进度|进度|计划|目标|任务|标准|要求|定额|限额|承诺|规定|时限)(?:数|值)?[^,。;:]{0,8}(?<![缩提降减增])[快慢高低多少超长短早晚](?:出|了)?$"
)
_RATE_OF_CHANGE = pattern(r"(?:增长率|下降率|增幅|降幅|涨幅|减幅|增速|增长速度|减少率|递增率|涨跌)[^,。;]{0,6}$")
_TIMES_EARLIER = pattern(
    r"(?:去年|上年|同期|年前|此前|以前|之前|原来|上月|上季|前年|初期|年初|往年|当初|那时|当年|[一二三四]季度|[上下]半年|\d月份?|起步|\d年|刚|期|[造治革施情地通动]前)(?:[^,。;]|(?<=\d),(?=\d)){0,8}的?(?:约|近|"
    r"超过|不到)?$"
)
_MONEY_NAMES = pattern(
    r"(?:产值|收入|生产总值|GDP|投资|资金|销售额|总额|金额|支出|贷款|经费|营收|利润|税收|财政|资产|存款|"
    r"成交额|交易额|增加值|债务|结余|补贴|补助|款|价款|营业额|投入)"
    r"[^,。;:!?、\n\t\d]{0,8}$"
)  # fmt: skip


def kind_of(text: str, quantity: Quantity, clause: str, sentence: str, planned: bool) -> Kind:
    """The kind by the guideline's order. `clause` and `sentence` end where the numeral begins; `planned` marks a
    part of the document about what is still to be done."""
    is_gap = clause[-1:] in _NORM_ENDS and quantity.unit not in _RATES and _FROM_A_NORM.search(clause)
    is_gap = is_gap or (clause[-1:] in _GAP_ENDS and _BY_A_NORM.search(clause))
    if not is_gap and is_norm(text, quantity, clause, sentence, planned):
        return "norm"
    if not is_gap and is_change(quantity, clause):
        return "change"
    proportion = not quantity.unit and not quantity.scaled and _PROPORTION.search(clause)
    share = quantity.script == FRACTION or (quantity.script == HALF and quantity.unit == "%")
    if share or proportion or quantity.unit in _RATES:
        return "ratio"
    if quantity.unit.split("/")[0] in _MONEY or (not quantity.unit and quantity.scaled and _MONEY_NAMES.search(clause)):
        return "amount"
    if (quantity.unit == "块" and _is_price(text, quantity, clause)) or (
        not quantity.unit and (quantity.scaled or quantity.upper is not None) and MONEY_TOLD.search(clause)
    ):
        return "amount"
    return "count"


_PRICED = pattern(r"每|一[斤亩个只天张份碗件棵]|价|钱|工资|[收卖花挣赚交付领补]")
_FEWEST_PRICED = 100


def _is_price(text: str, quantity: Quantity, clause: str) -> bool:
    """八百来块, 一斤能卖十五块: 块 is said for 元 where no thing follows it; 三块地 and 拆了六块 are pieces."""
    following = text[quantity.end : quantity.end + 1]
    ends = following in CLAUSE_ENDS or text.startswith(("左右", "上下", "以上", "以内", "出头"), quantity.end)
    return (not following or ends) and ((quantity.value or 0) >= _FEWEST_PRICED or _PRICED.search(clause) is not None)


_HEADED_NORM = pattern(
    r"(?<!完成)(?:目标|预算(?!执行|完成)|计划|任务|指标|标准|应[完达拨兑]|定额|设计(?:值|量|数|$)|批复|原定)(?![完执]|.{0,4}(?:率|%))"
)
_HEADED_CHANGE = pattern(r"增长|增减|增幅|降幅|同比|环比|比上年|较上年|比上月|较上月|变化|涨跌|升降")
_HEADED_RATE = pattern(r"率|占比|比重|比例|百分比|%")
_HEADED_MONEY = pattern(r"元|金额|资金|收入|支出|产值|投资|经费|费用|拨付|补贴|补助|税")
_HEADED_THINGS = pattern(r"面积|[人户件个次笔项家份]数|数量|项目数|人次|名额")  # 补贴面积, 补助人数
_MEASURED_MONEY = pattern(r"\([百千万亿]*元\)")  # 基金收入（万元） before its row
_HEADED_SUM = pattern(r"预算|决算|执行|上年|本年|本期|上期|实际|合计|累计|金额")


def kind_in_cell(quantity: Quantity, heading: str, row_label: str, in_money: bool) -> Kind:
    """The kind of a number alone in a cell, by its column's heading, its row's label and the table's caption."""
    if (
        _HEADED_CHANGE.search(heading)
        or quantity.unit in _ALWAYS_CHANGE
        or (quantity.unit == "%" and quantity.value is not None and quantity.value < 0)
    ):
        return "change"
    if quantity.unit in _RATES or (not quantity.unit and _HEADED_RATE.search(heading)):
        return "ratio"
    if _HEADED_NORM.search(heading):
        return "norm"
    if quantity.unit in _MONEY or (not quantity.unit and (in_money or _is_money(heading, row_label))):
        return "amount"
    return "count"


def _is_money(heading: str, row_label: str) -> bool:
    if _HEADED_MONEY.search(heading) and not (_HEADED_THINGS.search(heading) and "元" not in heading):
        return True
    if _MEASURED_MONEY.search(row_label):
        return True
    return _HEADED_SUM.search(heading) is not None and _HEADED_MONEY.search(row_label) is not None


def is_change(quantity: Quantity, clause: str) -> bool:
    """How much something rose or fell; a level reached (提高到95%, 减少至15户) is none."""
    if quantity.unit in _ALWAYS_CHANGE or clause.endswith(_ARROWS) or _is_earlier(clause):
        return True
    if clause.endswith(("为", "到", "至")) and (clause.endswith(_BECOMES) or _FROM_TO.search(clause)):
        return False
    if quantity.unit in _RATES or quantity.script == FRACTION:
        return _rate_changes(quantity, clause)
    if quantity.unit in _MEASURES and _RATE_MOVES.search(clause):
        return _STILL.search(clause) is None
    return _THING_MOVES.search(clause) is not None and _STILL.search(clause) is None


def _is_earlier(clause: str) -> bool:
    return clause.endswith(("前", "迟", "后", "早", "了")) and _EARLIER.search(clause) is not None


def _rate_changes(quantity: Quantity, clause: str) -> bool:
    if quantity.value is not None and quantity.value < 0:
        return True
    if _RATE_OF_CHANGE.search(clause) or (quantity.unit == "倍" and _TIMES_EARLIER.search(clause)):
        return True
    if _STILL.search(clause):
        return False
    if _RATE_MOVES.search(clause):
        return True
    return _RATE_MOVED_EARLIER.search(clause) is not None and _LEVEL.search(clause) is None
