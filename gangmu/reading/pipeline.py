"""The whole of reading: source → plain text → body and outline → cleaned text → claims."""

import re

from gangmu.reading.body import body_of, frame_of
from gangmu.reading.claims import claims_of, page_of
from gangmu.reading.clean import joined
from gangmu.reading.markup import plain_view
from gangmu.reading.outline import outline_of
from gangmu.reading.values import Body, Heading, Reading, Source, Span
from gangmu.reading.view import composed

_TO_DO = re.compile(
    r"下一步|打算|工作安排|工作思路|目标任务|工作计划|展望|明年|下阶段|下步|今后|工作目标|努力方向|对策|建议|"
    r"主要目标|预期目标|重点工作安排"
)
_LOOKS_BACK = re.compile("问题|不足|差距|短板|成效|回顾|完成情况|存在")


def read_all(source: Source) -> Reading:
    """Body, outline and claims of one source; never fails on text, however odd."""
    plain = plain_view(source.text, source.format)
    frame = frame_of(plain.text)
    body = body_of(frame, plain)
    outline = outline_of(source, plain, frame)
    view = joined(plain.text)
    page = page_of(source.text, composed(view, plain), planned_parts(outline, body))
    start, end = view.view_position(frame.start), view.view_position(frame.end)
    noise = tuple((view.view_position(low), view.view_position(high)) for low, high in frame.noise)
    return Reading(source, body, outline, claims_of(page, start, end, noise))


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
