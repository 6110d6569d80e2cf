"""Words of web pages around a document: never a part of it (the guideline's §0)."""

from gangmu.reading.alternatives import searched
from gangmu.reading.patterns import pattern
from gangmu.reading.units import FIRST

# Enough to give a line away however long it is. Every alternative begins with a fixed sign, so that a search
# looks at the places of those signs only.
STRONG = pattern(
    r"免责声明|版权归|版权所有|Copyright|©|ICP|备案号|公网安备|加微信|"
    r"QQ群|会员群|会员材料|开通会员|免费下载|立即下载|"
    r"下载全文|试读|查阅全文|查看全文|阅读全文|展开全文|剩余\d*%?未读|还有\d+页未读|仅代表作者|互联网用户|"
    r"点击下载|举报成功|客服(?:电话|QQ|微信)|更多资料|更多(?:范文|材料|精彩)|"
    r"相关推荐|相关阅读|相关链接|猜你喜欢|热门推荐|https?://|www\.|字数[:：]|阅读时长|预计阅读|共计\d+个?字|"
    r"浏览次数[:：]|浏览量[:：]|阅读量[:：]|阅读[:：]\s*\d|评论[:：]\s*\d|"
    r"浏览[:：]?\s*[\d,，]+\s*次|\[打印\]|［打印］|加入收藏|收藏\(|分享到|写作网|"
    r"范文网|购物车|我的足迹|领取福利|禁止外传|仅供学习|上一篇|下一篇|上一条[:：\s]|下一条[:：\s]|点击上方|蓝字关注|返回顶部|网站地图|"
    r"打印本页|关闭窗口|字体[:：]|字号[:：]|"
    r"首页\s*[>＞›»/]|当前位置|您的位置|附件下载|APP下载"
)
# Words of pages that reports use as well (公众号阅读量3.5万次, 查处侵权案件12起): furniture only in a line that is no
# sentence, or calls upon its reader.
DOUBTFUL = pattern(
    r"本站|侵权|微信扫|扫码|扫一扫|二维码|公众号|VIP|Vip|点赞|文库|倒卖|浏览次数|浏览量|阅读量|App\b|"
    r"点击[:：]?\s*[\d,，]+\s*次|阅读\s*[\d,，]+\s*次|阅读\s*[\d.,]+\s*万"
)
_CALL = pattern(
    r"(?:^|[，,。！!、;；：:\s“(（])(?:请|欢迎|长按|点击|识别|关注|搜索|添加|扫码|扫一扫|微信扫|回复|获取|免费|更多|领取|如有|如需|严禁|转载|"
    r"本站(?:所有|仅|声明|不|内容|资源|提供|将|文章|郑重))|更多精彩|联系(?:我们|本站|删除|客服)|关注(?:我们|公众号)|投稿"
)
_FIELD = pattern(
    r"\s*(?:关键词|标签|责任编辑|责编|编辑|校对|审核|来源|稿源|作者|发布时间|发布日期|发布机构|信息来源|"
    r"索引号|点击|浏览|阅读)[:：\s]"
)
# Enough for a short line without a sentence in it.
WEAK = pattern(
    r"首页|登录|注册|收藏|下载|分享|打印|导航|搜索|返回|购买|订阅|积分兑换|我的|会员|评论|字体|大中小|微博|"
    r"朋友圈|公告栏|友情链接|联系我们|网站|目录页|热点|专题栏目|天气|气温|星期[一二三四五六日天]|"
    r"客服|福利|admin|分享者|上传|文档|页码|自建平台|订阅立享|小编|范文"
)
TRUNCATION = pattern(r"试读|剩余|未读|未完|查阅全文|查看全文|阅读全文|展开全文|下载全文|购买后|余下|全文请")
_SENTENCE = searched(r"[。；！？]|[,，、].{4,}[,，、]")
_SHORT = 34
_HEAD = 90  # a long line of page furniture gives itself away early; a long paragraph need not be searched
# 来源 | 人数 | 比例: the row of headings of a table, whatever its first column is called.
_HEADINGS = pattern(
    r"\s*[|｜]?\s*\w{2,6}(?:[\s|｜]+[^\s|｜:：，。]{0,8}(?:数|量|额|率|例|比重|收入|支出|[合小总]计|增减|增长|同比|均|面积|"
    r"[上本去今]年|[)）])){2,}\s*[|｜]?\s*"
)
_PAGE_NUMBER = pattern(r"\s*(?:[-—–－]?\s*\d{1,4}\s*[-—–－]|第\s*\d+\s*页.{0,12}|\d{5,9}|\d+\s*/\s*\d+)\s*")


# | 福利院 | 569 |: a cell of its own that holds a number. 1. 注册志愿者1200名: an item of a list that counts.
_ROW = pattern(r"(?:[|｜\t]|\s{2})\s*[\d０-９][\d０-９.,，．]*[%％]?\s*(?:$|[|｜\t]|\s{2})")
_COUNTED_ITEM = pattern(
    rf"\s*(?:[-*•·●—]|[（(]?[一二三四五六七八九十\d]{{1,3}}[)）、.．]).*[\d０-９][万亿]?\s*余?[{FIRST}]"
)


def is_boilerplate(words: str) -> bool:
    """True for a line of page furniture: navigation, advertising, counters, rights, page numbers."""
    if STRONG.search(words, 0, _HEAD) or _PAGE_NUMBER.fullmatch(words):
        return True
    if _FIELD.match(words):
        return _HEADINGS.fullmatch(words) is None
    if DOUBTFUL.search(words, 0, _HEAD):
        return _SENTENCE.search(words) is None or _CALL.search(words) is not None
    if len(words) > _SHORT or WEAK.search(words) is None or _SENTENCE.search(words):
        return False
    return _ROW.search(words) is None and _COUNTED_ITEM.match(words) is None
