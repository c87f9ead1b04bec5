"""Reads single entries of the staff file; what is wrong is named with its place."""

from typing import Any

from desk.kernel.errors import DeskError

GRADES = {"new": 1, "regular": 2, "best": 3, "新人": 1, "熟手": 2, "金牌": 3}
USUAL_LEVEL, _BEST_LEVEL = 2, 3


class BadStaffFile(DeskError):
    """The staff file cannot be used; the message names the place and the way out."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__("staff_file.bad", f"员工配置（STAFF_FILE）{where}：{why}")
        self.args = (self.say,)


def skills(value: Any, where: str) -> dict[str, int]:  # noqa: ANN401  YAML is any
    """Skills with their levels: a list of names, or names with levels from 1 to 3.

    Raises:
        BadStaffFile: it is neither.
    """
    if not value:
        return {}
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return dict.fromkeys(value, USUAL_LEVEL)
    if not isinstance(value, dict):
        raise BadStaffFile(where, "应是文字列表，或“技能: 等级”，例如 {logistics: 3}")
    return {
        str(name): whole(level, f"{where}.{name}", 1, _BEST_LEVEL) for name, level in value.items()
    }


def whole(value: Any, where: str, least: int, most: int) -> int:  # noqa: ANN401  YAML is any
    """A whole number within bounds.

    Raises:
        BadStaffFile: it is not.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadStaffFile(where, f"应是 {least} 到 {most} 之间的整数")
    return value


def number(value: Any, where: str, least: float, most: float) -> float:  # noqa: ANN401  YAML is any
    """A number within bounds.

    Raises:
        BadStaffFile: it is not.
    """
    if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
        raise BadStaffFile(where, f"应是 {least:g} 到 {most:g} 之间的数字")
    return float(value)


def grade(value: Any, where: str) -> int:  # noqa: ANN401  YAML is any
    """A grade by its name.

    Raises:
        BadStaffFile: there is none of this name.
    """
    if not isinstance(value, str) or value not in GRADES:
        raise BadStaffFile(where, f"应是 {'、'.join(GRADES)} 之一")
    return GRADES[value]
