"""Claims and arithmetic: characters and claims a second on one core, and how soon a command has read a short text."""

import os
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.__main__ import ROOT, emit
from bench.timing import median_seconds
from gangmu.reading.arithmetic import findings
from gangmu.reading.pipeline import read_all
from gangmu.reading.values import Source

SHARED = Path(os.environ.get("GANGMU_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CHARACTERS = 5_000_000
ONE_DOCUMENT = 1_000_000


def seeds_repeated() -> list[Source]:
    """The five speeches, handed in again and again under new names until there are five million characters."""
    texts = [open(f, encoding="utf-8", newline="").read() for f in sorted((SHARED / "seeds").glob("*.txt"))]  # noqa: SIM115
    sources: list[Source] = []
    total = 0
    while texts and total < CHARACTERS:
        text = texts[len(sources) % len(texts)]
        sources.append(Source(f"d{len(sources)}.txt", text))
        total += len(text)
    return sources


def dense(seed: int, documents: int = 40, sentences: int = 120) -> list[Source]:
    """Official prose in which nearly every clause holds a number."""
    pick = random.Random(seed)
    things = (
        "群众诉求",
        "矛盾纠纷",
        "走访企业",
        "主题党日",
        "党课",
        "示范村",
        "产业项目",
        "志愿服务",
        "培训班",
        "网格事项",
    )
    verbs = ("办结", "化解", "开展", "举办", "建成", "实施", "排查", "整改", "培育", "新增")
    units = ("件", "起", "次", "场", "个", "户", "名", "项")

    def sentence() -> str:
        total = pick.randint(100, 9000)
        part = pick.randint(1, total)
        thing, verb, unit = pick.choice(things), pick.choice(verbs), pick.choice(units)
        money, growth, villages, homes = (pick.randint(3, top) for top in (9999, 60, 99, 9999))
        forms = (
            f"全年{verb}{thing}{total}{unit},其中一季度{part}{unit},占比{100 * part / total:.1f}%。",
            f"投入资金{money}万元,{verb}{thing}{total}余{unit},同比增长{growth}.{part % 10}%。",
            f"共受理{thing}{total}{unit},{verb}{part}{unit},覆盖{villages}个村、{homes}户。",
        )
        return pick.choice(forms)

    return [Source(f"dense{n}.txt", "\n".join(sentence() for _ in range(sentences))) for n in range(documents)]


def starts(seed: int) -> None:
    """`claims` and `check --no-ledger` of a short document through run.py, warm: from the call to the last line."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(dense(seed, documents=1, sentences=20)[0].text)
        file.flush()
        for words in (["claims"], ["check", "--no-ledger"]):
            command = [sys.executable, str(ROOT / "run.py"), *words, file.name]
            run = partial(subprocess.run, command, stdout=subprocess.DEVNULL, check=False)
            run()
            emit(f"start.{words[0]}", seed, {"seconds": round(median_seconds(run), 3)})


def main(seed: int) -> None:
    starts(seed)
    sources = seeds_repeated()
    characters = sum(len(source.text) for source in sources)
    if sources:
        claims_time = median_seconds(lambda: [read_all(source) for source in sources])
        check_time = median_seconds(lambda: [findings(read_all(source)) for source in sources])
        sizes: dict[str, object] = {"documents": len(sources), "characters": characters}
        emit("claims.seeds", seed, {"characters_per_second": round(characters / claims_time)}, **sizes)
        emit("check.seeds", seed, {"characters_per_second": round(characters / check_time)}, **sizes)
    corpus = dense(seed)
    count = sum(len(read_all(source).claims) for source in corpus)
    claims_time = median_seconds(lambda: [read_all(source) for source in corpus])
    check_time = median_seconds(lambda: [findings(read_all(source)) for source in corpus])
    sizes = {"documents": len(corpus), "claims": count, "characters": sum(len(source.text) for source in corpus)}
    emit("claims.dense", seed, {"claims_per_second": round(count / claims_time)}, **sizes)
    emit("check.dense", seed, {"claims_per_second": round(count / check_time)}, **sizes)
    text = "\n".join(source.text for source in sources or corpus * 20)[:ONE_DOCUMENT]
    long = Source("long.txt", text)
    emit(
        "claims.one_document", seed, {"seconds": round(median_seconds(lambda: read_all(long)), 3)}, characters=len(text)
    )
    check_seconds = round(median_seconds(lambda: findings(read_all(long))), 3)
    emit("check.one_document", seed, {"seconds": check_seconds}, characters=len(text))


if __name__ == "__main__":
    main(int(sys.argv[1]))
