"""The words that tell whether two numbers are one figure. Data only."""

from gangmu.reading.alternatives import searched
from gangmu.reading.arithmetic.cues import SCOPES, THENS
from gangmu.reading.arithmetic.marks import MARKS
from gangmu.reading.patterns import pattern

SCOPE = pattern("|".join(SCOPES))
# Words that only frame what is counted.
FRAMING = (
    "虽", "却", "只", "更", "上半年", "下半年", "上述", "这些", "三类", "本次", "活动", "今年以来", "一年来",
    "一年以来", "全年", "年内", "截至目前", "目前", "其间", "期间", "先后", "累计", "共计", "总计", "合计", "一共",
    "总共", "共", "已经", "已", "均", "都", "约", "近", "达到", "达", "为", "有", "了", "的", "将", "把", "各级",
    "各类", "各种", "各项", "广大", "有关", "成功", "全面", "深入", "扎实", "全部", "总数", "总量", "现有", "新增",
    "并", "还", "也", "仅", "就", "从", "依托", "通过", "以", r"\d\d?月份?", r"\d\d?日", r"19\d\d年", r"20\d\d年",
    "今年", "本年", "至", "-", "个", "[,;:()“”‘’《》、]",
)  # fmt: skip
EMPTY = searched("|".join(FRAMING))
PLACE_ENDS = pattern("[省市县区州乡镇街村社]")
PLACE = pattern(r"[\u4e00-\u9fff]{2,4}(?:省|市|县|区|州|乡|镇|街道|村|社区)")
APART = searched(
    r"其中|另|平均|人均|每|最|首批|第[一二三四五六七八九十\d]|计划|拟|目标|任务|力争|争取|预计|预期|将|要求|应(?!急|用)|须|需(?!求)|不少于|不低于|比(?!例|重|赛|较)|较(?!大|好|多)|"
    r"剩余|仍有|尚有|还有|同期|去年|上年|明年|下一步|当月|本月|当天|当日|昨日|近日|此前|原(?:来|有|先)|减少|增加|下降|增长|提高|各(?!级|类|项|地|界|族)|分别|所在|个人|本人|某|一名|一位|案例|例如|比如|如"
)
DEEDS_ONLY = pattern(
    r"(?:发现|落实|投入|安排|下达|拨付|发放|收集|收到|受理|办理|办结|完成|开展|实施|组织|化解|排查|新建|建成|改造|升级|使用|"
    r"筹集|整合|走访|慰问|培训|发展|举办|召开|解决|整改|摸排|征集|统筹|到位|涉及)+"
)
FINDING = pattern("查摆|排查|摸排|发现|查找|收集|征集|受理")
OPENS_CLAUSE = pattern("(?:据统计|据介绍|目前|如今|今年)?,?")
BACK_NOUN = pattern(r"(?:活动|志愿者|网格|群众|党员|企业|村民|居民|学员|干部|项目|问题|事项|诉求)[^,。;]{0,12}")
CLAUSE_ENDS = pattern("[,;。:]")
BACK = pattern(r"[\u4e00-\u9fff]{2,6}中,?")
ALL_OF_THEM = pattern(r"[\u4e00-\u9fff]{2,6}(?:均|全部|都)")
DIFFERENT = searched("|".join((*THENS, r"\d\d?月(?!\d)", "[一二三四]季度", "上半年", "下半年", "前三季度")))
OWN_CLAUSE = pattern(rf"[,;:、。()\n{MARKS}]")
NOT = pattern("未|没有|尚")
# 一组, 东校区, 甲队: names that set two numbers apart wherever they stand in the sentence.
GROUP = pattern("[一二三四五六七八九十甲乙丙丁东南西北]+(?:组|队|班|片|校区|区|库|厂|号|期|批)")
# 存款。月末余额…; 贷款。月末余额…: what has no name but its measure goes by the heading its paragraph runs on from.
BARE_MEASURE = pattern(
    r"(?:[年月季期]?[末初底]|播种|种植|养殖|总|实现|完成)*(?:余额|面积|产量|产值|收入|支出|销[量售]额?|投资|人数|总量|总额|均价|库存|单价)"
)
RUN_IN = pattern(
    rf"(?:[一二三四五六七八九十]{{1,2}}、|[(](?:[一二三四五六七八九十]|\d){{1,2}}[)]|\d{{1,2}}[.、])?(?P<topic>[^,。;:\n{MARKS}]{{2,10}})[。:\n]"
)
