"""`python -m bot export-corrections`: writes what people corrected, each once, and marks it."""

import sys
from pathlib import Path

from bot.reviews.candidates import Candidate, as_yaml
from desk.books import Books, Library
from desk.kernel.clock import Clock
from desk.reviews.model import Review

_AT_ONCE = 5000
DEFAULT = Path("nlu_data/candidates.yml")


async def export_corrections(library: Library, clock: Clock, out: Path) -> int:
    """Write the candidates into a new file; 0, or 1 where there is something in the way.

    They are marked only when the file is written: a crash in between exports them again.
    """
    if _is_there(out):
        sys.stderr.write(f"bot: {out} 已经存在，先处理掉里面的内容，或用 --out 换个文件名\n")
        return 1
    async with library.open() as books:
        corrections = await books.reviews.corrections(_AT_ONCE)
        candidates = [await _candidate(books, each) for each in corrections]
        known = [each for each in candidates if each.text]
        if known:
            _write(out, as_yaml(known))
        await books.reviews.exported([each.id for each in corrections], clock.now())
    sys.stdout.write(_told(len(known), len(candidates), out))
    return 0


def _is_there(out: Path) -> bool:
    return out.exists()


def _write(out: Path, text: str) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("x", encoding="utf-8") as file:
        file.write(text)


def _told(known: int, all_of_them: int, out: Path) -> str:
    recalled = all_of_them - known
    left_out = f"，另有 {recalled} 条顾客已撤回，不导出" if recalled else ""
    if not known:
        return f"没有新的改正可以导出{left_out}\n"
    return f"导出 {known} 条到 {out}{left_out}。请逐条看过，再搬进 nlu_data/intents\n"


async def _candidate(books: Books, review: Review) -> Candidate:
    exchange = await books.reviews.exchange(review)
    return Candidate(exchange.text, review.corrected, str(review.id))
