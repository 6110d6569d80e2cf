"""Invented names, built from syllables: places and people that nobody bears."""

from itertools import product
from random import Random

COUNTIES = ("禾溪区", "云坞县", "松湾县")
PLACE_FIRST = "柳石桃枫竹荷杏槐梅榆桐莲兰桂松柏梨芦蒲葵菱茶棠枣"
PLACE_LAST = "溪湾坪岭渡塘泉坡洲坞垄埠浦台滩堰畈墩"
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘"
    "葛范彭鲁韦马苗方任袁柳史唐薛雷贺汤罗齐郝安常乐傅康伍余"
)
GIVEN_FIRST = "晓思文志建春秋明清永立国家海云雪梅兰庆宏光远承嘉怀瑞亚书景新"
GIVEN_LAST = "禾林峰华英芳平军勇敏静丽强辉涛刚燕玲宁波洁慧宇阳琴松鹏岚萍"


def places(pick: Random, count: int) -> list[str]:
    """`count` different place names of two characters, in an order drawn by `pick`."""
    every = ["".join(pair) for pair in product(PLACE_FIRST, PLACE_LAST)]
    pick.shuffle(every)
    if count > len(every):
        raise ValueError(f"{count} places asked for, the syllables give {len(every)}")
    return every[:count]


def person(pick: Random) -> str:
    """A full name of two or three characters."""
    given = pick.choice(GIVEN_LAST) if pick.random() < 0.2 else pick.choice(GIVEN_FIRST) + pick.choice(GIVEN_LAST)
    return pick.choice(SURNAMES) + given
