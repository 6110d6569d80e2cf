"""One shape for characters that are written in several: width, dashes, table bars, traditional script.

Every replacement is one character for one, so that offsets into the text stay what they were.
"""

import re

from gangmu.reading.patterns import pattern

_TRADITIONAL_SIMPLIFIED = (
    "萬万億亿兩两個个戶户畝亩歲岁間间條条場场項项類类種种處处張张塊块圓元週周鐘钟時时點点級级屆届輛辆臺台噸吨"
    "組组隊队節节達达過过約约將将從从幾几數数佔占縣县鄉乡鎮镇區区黨党員员幹干務务"
    "業业會会議议報报發发問问題题辦办結结實实現现開开設设圍围續续進进選选舉举參参與与對对環环關关層层領领導导"
    "責责擔担負负產产經经濟济標标準准統统計计劃划總总額额資资財财農农貧贫貢贡獻献"
    "應应當当須须為为據据說说話话請请讓让給给無无雙双隻只單单雲云電电網网線线頁页買买賣卖車车專专書书記记學学"
    "習习質质態态勢势長长樣样還还這这國国廳厅際际寫写較较減减漲涨淨净師师職职稱称"
    "團团體体協协調调東东義义運运動动傳传鄰邻聯联絡络險险壓压穩稳蓋盖龍龙頭头養养漁渔糧粮樹树興兴補补貼贴貸贷"
    "筆笔衛卫醫医療疗輪轮訪访談谈啟启強强難难糾纠紛纷訴诉訟讼辭辞滿满評评價价頻频"
    "預预擬拟劑剂針针賓宾館馆廠厂礦矿縫缝綠绿塗涂噴喷灑洒積积畫画齡龄婦妇兒儿幫帮頓顿離离圖图徵征稅税貳贰陸陆"
    "紀纪紅红綱纲維维納纳紙纸終终繳缴繪绘織织繼继緊紧編编緩缓許许訓训誤误誰谁護护"
    "讀读變变讚赞豐丰貨货貿贸費费賽赛贊赞趕赶躍跃軍军載载轄辖轉转遠远遲迟適适遺遗邊边鄧邓鄭郑醬酱釋释銀银銷销"
    "鋪铺錄录錢钱錦锦鍵键鎖锁闆板閉闭閱阅陣阵陽阳陰阴隨随隱隐雜杂霧雾靈灵靜静頂顶"
    "順顺頌颂頒颁顧顾顯显風风飛飞飯饭飲饮馬马駐驻驗验騎骑魚鱼鳥鸟麗丽麥麦黃黄齊齐樓楼棟栋櫃柜樁桩檢检機机權权"
    "歡欢歷历歸归殘残殺杀毀毁況况湊凑滅灭災灾燈灯營营牆墙獎奖獲获畢毕異异癥症盡尽"
    "監监盤盘後后內内來来餘余該该創创戰战勞劳門门們们連连廣广復复複复舊旧覽览購购遷迁鋼钢見见覺觉規规論论證证"
    "試试詢询認认識识診诊詳详語语貴贵賠赔賬账軟软軌轨輸输辯辩遞递郵邮錯错閒闲陳陈"
    "雖虽顆颗願愿飾饰駕驾騙骗驅驱魯鲁鹽盐禮礼窮穷築筑簽签簡简籌筹純纯綜综緣缘縮缩績绩罷罢羅罗聽听肅肃膚肤臨临"
    "艦舰艱艰藝艺華华蘇苏藥药號号蟲虫製制襲袭親亲觀观觸触訂订諮咨謀谋講讲譽誉賞赏"
    "賢贤輕轻輔辅輩辈轟轰迴回違违邏逻釀酿閘闸閣阁響响頗颇驟骤髒脏鬥斗龐庞壩坝壯壮壽寿夢梦奪夺孫孙寶宝審审寧宁"
    "屬属崗岗嶺岭帳账幣币庫库廢废廟庙彈弹徑径徹彻恆恒慶庆憂忧懷怀戲戏採采掃扫損损"
    "換换摺折擁拥擴扩擺摆攜携攤摊敗败斷断於于晉晋曬晒棄弃極极榮荣構构橋桥欄栏櫥橱歐欧殼壳氣气決决沒没沖冲涼凉"
    "淚泪測测湯汤溝沟滬沪漢汉潔洁潛潜潰溃澤泽濱滨瀏浏灣湾烏乌煙烟熱热爐炉爭争爺爷"
    "獨独獸兽瓊琼皺皱盜盗睏困碼码確确磚砖禍祸穀谷冊册盞盏綫线縷缕貝贝薦荐饋馈償偿潤润僅仅併并"
)
_DASHES = "‐‑‒–—―−﹣－"
_WAVES = "～〜∼"
_BARS = "|｜│┃"


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    pairs = zip(_TRADITIONAL_SIMPLIFIED[::2], _TRADITIONAL_SIMPLIFIED[1::2], strict=True)
    table |= {ord(old): new for old, new in pairs}
    for group, one in ((_DASHES, "-"), (_WAVES, "~"), (_BARS, "\t"), ("　\xa0\u2002\u2003\u2009\u202f", " ")):
        table |= {ord(char): one for char in group}
    table |= {ord("「"): "“", ord("」"): "”", ord("『"): "‘", ord("』"): "’", ord("﹪"): "%", ord("○"): "〇"}
    return table


_TABLE = _table()


# What stands in almost every line is replaced sign by sign, the rest where a search finds it: `translate` would look up
# every character of a text of which few change.
_FREQUENT = tuple((sign, _TABLE.pop(ord(sign))) for sign in "，：；（）％！？　\xa0")
_RARE = pattern(f"[{re.escape(''.join(map(chr, sorted(_TABLE))))}]")


def normalised(text: str) -> str:
    """`text` with half-width signs, one kind of dash, tab for a table bar, simplified characters; same length."""
    for sign, plain in _FREQUENT:
        text = text.replace(sign, plain)
    return _RARE.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    return _TABLE[ord(found[0])]
