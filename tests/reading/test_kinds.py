"""What sort of number it is where no cue stands beside it: rules, plans, quotas, changes told by a verb's degree."""

import pytest

from tests.reading.support import claims

RULES = "青禾镇护林员考核办法（试行）\n\n"
CALL = "关于举办村会计培训班的通知\n\n各村：\n"

KINDS = [
    ("教室规定是四间。", 0, "norm"),
    ("组里的规矩是一天走12户。", 0, "norm"),
    ("到位率应为100%。", 0, "norm"),
    ("走访46天，比自己定的60天差14天。", 1, "norm"),
    ("书记人均学习40学时，达到32学时的要求。", 1, "norm"),
    ("今后三年，要新建厂房，新修公路12公里。", 0, "norm"),
    ("重点办好十件实事：新建食堂6处，改造管网22公里。", -1, "norm"),
    ("争取上级资金1.2亿元。", 0, "amount"),
    ("争取项目资金300万元，为3个小区改造管网。", 1, "count"),
    ("预计实现产值32亿元。", 0, "amount"),
    ("山路难走，全年要花四百多万元。", 0, "amount"),
    ("要不是他，这活儿得干五千元。", 0, "amount"),
    ("9月8日，居民反映漏水，网格员8分钟签收。", 0, "count"),
    ("开展演练4次，最快4分钟完成疏散。", 1, "count"),
    ("达到50学时要求的2.3万人。", -1, "count"),
    ("如今社员312户，是当初的13倍。", 1, "change"),
    ("学生445人，是那时的2.6倍。", 1, "change"),
    ("产量15万吨，比去年同期多收1.7万吨。", 1, "change"),
    ("用电5亿度，较上年少用0.3亿度。", 1, "change"),
    ("全年压减“三公”经费6万元。", 0, "change"),
    ("今年亏2万元，少亏一半。", 1, "change"),
    ("筑起高38米的大坝。", 0, "count"),
    (RULES + "第二条　日常工作占60%，群众评议占40%。", 0, "norm"),
    (RULES + "第三条　每人联系50—80户。", 0, "norm"),
    (RULES + "第四条　去年已发放奖金3万元。", 0, "amount"),
    (CALL + "一、名额。共180人，东镇35人，西镇40人。", 1, "norm"),
    (CALL + "上一期结业170人。", 0, "count"),
    ("护林员考核办法落实情况的汇报\n\n各村：\n走访80户，办结36件。", 0, "count"),
]


@pytest.mark.parametrize(("text", "number", "kind"), KINDS)
def test_the_kind_is_told_by_the_sentence_and_by_the_sort_of_document(text: str, number: int, kind: str) -> None:
    found = claims(text)
    assert found[number].kind == kind, [(claim.text, claim.kind) for claim in found]
