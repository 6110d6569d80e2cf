"""The whole of reading: source → plain text → body and outline → cleaned text → claims."""

from gangmu.reading.body import body_of, frame_of
from gangmu.reading.claims import claims_of, page_of
from gangmu.reading.clean import joined
from gangmu.reading.markup import plain_view
from gangmu.reading.outline import outline_of
from gangmu.reading.patterns import pattern
from gangmu.reading.values import Body, Heading, Reading, Source, Span
from gangmu.reading.view import composed

_TO_DO = pattern(
    r"下一?步|下[个一]?(?:月|周|季度?|半年)(?:的)?(?:主要|重点)?(?:工作)?(?:安排|打算|计划|任务)|打算|工作安排|工作思路|目标任务|工作计划|展望|明年|下阶段|下步|今后|工作目标|努力方向|对策|建议|"
    r"主要目标|预期目标|重点工作安排|预算草案|预算安排|(?:费用|经费|资金|投资)(?:预算|概算|估算)$|20\d\d年(?:的?(?:主要|重点))?(?:工作)?(?:要求|打算|安排|思路|任务|目标|重点)"
)
# Documents that tell what is to be done or holds from now on, by their names; and those that tell how it went.
_RULES = pattern(
    r"(?:办法|规定|细则|规则|规程|章程|制度|方案|规划|(?:工作)?(?:计划|要点)|(?:安排|实施)意见)"
    r"(?:[（(][^（）()]{1,12}[）)])?$|关于(?:举办|开展|召开|做好)[^\n]{0,40}(?:通知|意见|安排)$"
)
_TOLD = pattern("情况|执行|落实|完成|汇报|报告|总结|通报|说明|解读|检查|评估|成效")

# 小结与打算 tells first how it went: what of it is to be done its own sentences say.
_LOOKS_BACK = pattern("问题|不足|差距|短板|成效|回顾|完成情况|执行情况|存在|分析|[小总]结|体会|反思|情况[和与及、]")


def read_all(source: Source) -> Reading:
    """Body, outline and claims of one source; never fails on text, however odd."""
    plain = plain_view(source.text, source.format)
    frame = frame_of(plain.text)
    body = body_of(frame, plain)
    outline = outline_of(source, plain, frame)
    view = joined(plain.text)
    page = page_of(source.text, composed(view, plain), planned_parts(outline, body), sets_rules(outline))
    start, end = view.view_position(frame.start), view.view_position(frame.end)
    noise = tuple((view.view_position(low), view.view_position(high)) for low, high in sorted(frame.noise))
    return Reading(source, body, outline, claims_of(page, start, end, noise))


def sets_rules(outline: tuple[Heading, ...]) -> bool:
    """Whether the document by its title is a rule, a plan or a call: its numbers are to be met, unless told as past."""
    title = next(("".join(heading.title.split()) for heading in outline if heading.level == 0), "")
    return _RULES.search(title) is not None and _TOLD.search(title) is None


def planned_parts(outline: tuple[Heading, ...], body: Body) -> tuple[Span, ...]:
    """The ranges under headings that speak of what is still to be done, each to the next heading of its level."""
    parts = []
    headings = [heading for heading in outline if heading.level]
    for index, heading in enumerate(headings):
        if heading.level < 3 and _TO_DO.search(heading.title) and not _LOOKS_BACK.search(heading.title):
            after = (headings[at] for at in range(index + 1, len(headings)))
            rest = (later.span.start for later in after if later.level <= heading.level)
            parts.append(Span(heading.span.start, next(rest, body.span.end)))
    return tuple(parts)
