"""The words that tell of a share: how its part, its whole and its rate are named. Data only."""

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import FALL, REACHED, RISE
from gangmu.reading.patterns import pattern

OF = pattern(rf"占(?:到(?![会场])|了)?(?P<whole>[^,。;:占]{{0,24}}?)的?(?:比例|比重|比率|比)?{REACHED}$")
OF_STATED = pattern(rf"的?(?:[^,。;:]{{0,6}}的)?(?:比例|比重|比)?{REACHED}$")
OPENS_ANOTHER = pattern("[里中头],|其中")  # 上岗的人里，女性的240人，占四成
OPENS_WHOLE = pattern(r"占(?:到|了)?[^,。;:占]{0,24}$")
RATE = pattern(rf"(?P<stem>[\u4e00-\u9fff“”]{{1,16}}?)(?:率|占比|比例|比重|满意度|度|(?<!方)面){REACHED}$")
PLAN = pattern(r"计划|任务|目标|预算|下达|指标")
OF_PLAN = pattern(rf"(?:计划|目标任务|目标|任务|预算)(?:数|任务|投资)?的{REACHED}$")
EACH = pattern(rf"(?:分别|(?:^|[,;:。])各)(?:大?约|大致)?占(?P<whole>[^,。;:占]{{0,24}}?)的?(?:比例|比重)?{REACHED}$")
EACH_LAST = pattern(rf"占(?P<whole>[^,。;:占]{{0,24}}?)的?(?:比例|比重|比率)?(?:分别|依次){REACHED}$")
EACH_OF = pattern(r"(?:分别|(?:^|[,;:。])各)(?:大?约|大致)?占[^,。;:占]{0,24}$")
CHANGES = searched(rf"(?:{RISE}|{FALL}|同比|环比)(?:了|约|近|达|到|至)*$")
LINKED = pattern(r"[、和及与,]|以及")
COLLECTED = pattern(r"收集|受理|征集|排查|登记|接收|收到|接到|梳理|交办|立案|应|共")
# Those who came to be chosen from; they are never fewer than the chosen.
ENTERED = pattern("报名|参赛|参评|参展|送展|送评|报送|申报|应聘|报考|应考|参训")
AMONG = pattern(r"(?:^|[,;:(])(?:在(?P<whole>[^,;:(]{2,12})中,?|(?P<those>[\u4e00-\u9fff]{2,8})中,(?!有|已))")
# 去这5个村的次数占全年巡诊的一半: what 占 speaks of is no number told.
OTHER_PART = pattern(r"的(?:次数|时间|天数|工作量)(?:就|几乎|差不多)?$")
# 用餐老人里八十岁以上的占三成: part and base are named and neither is counted.
INSIDE = pattern(r"[,;][\u4e00-\u9fff]{2,8}(?:里头?|当中|之中)[\u4e00-\u9fff]{2,12}的$")
GROWING = pattern(r"(?:增长|盈利|亏损|下降)面(?:为|是|达到?)?$")  # how many grew, not by how much
GAP = searched(r"超额|超出|短收|超收|少收|多收|还?差|缺|剩|结余|增加|减少|净增|超支")
FULFILLED = pattern(r",(?:已|累计)?完成(?:了|率)?")
OWED = pattern("应(?!用|急|对|邀|聘)|需|拟")
ATTENDED = pattern("到会|参会|出席|与会|到场")
CAME = pattern("实到|到会|参会|出席|与会|到场")
COPULA = pattern(r"(?:共|总共)?(?:为|是|有|达到?)?$")
NEARLY = 12
MEMORY = 6
MOST_PIECES = 6
FAR = 60
FEWEST = 20
SHORT, SHORT_LINES = 16, 4
ROUGHLY = pattern(r",(?:约|近|正好|刚好|恰好|差不多|接近|将近|不足|不到|超过|超|仅|才|已|只有|达到?)+")
SIGNS = searched(r"[,;:()、]|比重|同比")
ALL_TOLD = pattern("拢共|合起来|加起来|合计|总计|共计|一共|总共|合共|共(?:有|是|为)?$|总[数额]")
FAR_OFF = 5
# 队员里四十五岁以上的有26人，占65%: the whole is called by its name, its number stands before.
SOME_OF_NAMED = pattern(r"^(?P<whole>[\u4e00-\u9fff]{2,6}?)(?:里头?|当中|之中|中)[^,。;:]{1,14}$")
# 打“好”的81份, 选满意的184份: an opinion that was counted.
OPINION_COUNTED = pattern("满意|点赞|认可|支持|知晓|知道|了解|信任|“?好”?评?的?$|优")
# 甲问题、乙问题和丙问题是主要原因，占总量的70%: of them together, whom nobody added up.
SEVERAL = pattern(r"[、和及与][^,;:。]{2,14}(?:等[^,;:。]{0,8})?(?:仍?[是为][^,;:。]*|合计|合共|共计?|加起来),?$")
OF_CLASS = pattern("[类型等]|方面|部分")
IS_WHAT = pattern("(?:都|全|多|大多|主要)?(?:是|为|属)")
