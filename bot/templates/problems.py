"""What is wrong with files of templates: all of it at once, each with its place and the way out."""

from collections.abc import Iterable
from dataclasses import dataclass

from typing_extensions import override

from desk.kernel.errors import DeskError

_TOLD = 3


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is wrong with a template, whichever file it stands in."""

    place: str
    why: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; `place` is like fields[2].options, "" for the whole file.

    A warning need not be repaired, the template works all the same.
    """

    file: str
    place: str
    why: str
    is_warning: bool = False

    @override
    def __str__(self) -> str:
        """As people read it."""
        return f"{self.file} {self.place}：{self.why}".replace(" ：", "：")


class BadTemplates(DeskError):
    """Files of templates cannot be used; `problems` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        told = "\n".join(str(each) for each in self.problems[:_TOLD])
        left = len(self.problems) - _TOLD
        more = f"\n……另有 {left} 处，用 python -m bot templates check 查看全部" if left > 0 else ""
        super().__init__("templates.bad", f"模板文件有误：\n{told}{more}")
        self.args = (self.say,)
