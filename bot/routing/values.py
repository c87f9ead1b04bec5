"""Reads single values of routing; what is wrong is named with its place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sla.sections import Refuse
from desk.kernel.places import Place
from desk.shops.stores import Store


@dataclass(frozen=True, slots=True)
class Ids:
    """What the file names elsewhere: shops, stores, and the kinds of goods as they are read."""

    shops: Collection[str] = ()
    stores: Collection[str] = ()
    goods: Collection[str] = ()


def ids_of(shops: Collection[str], stores: Sequence[Store]) -> Ids:
    """The ids of the merchant's shops and stores."""
    return Ids(tuple(shops), tuple(each.id for each in stores))


def text(value: Any, where: str, refuse: Refuse, default: str | None = None) -> str:  # noqa: ANN401  YAML is any
    """A text that is not empty; `default` where it is missing."""
    if value is None and default is not None:
        return default
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise refuse(where, "缺少，或不是文字")
    return str(value).strip()


def texts(value: Any, where: str, refuse: Refuse) -> tuple[str, ...]:  # noqa: ANN401  YAML is any
    """Several texts, or one that stands alone."""
    if value is None:
        return ()
    several = value if isinstance(value, list) else [value]
    return tuple(text(each, where, refuse) for each in several)


def known(
    value: Any,  # noqa: ANN401  YAML is any
    where: str,
    names: Collection[str],
    what: str,
    refuse: Refuse,
) -> tuple[str, ...]:
    """Several names, or one, of those that there are; `what` is what they are called."""
    given = texts(value, where, refuse)
    for each in given:
        if each not in names:
            there = f"可以写 {'、'.join(names)}" if names else f"文件里还没有{what}"
            raise refuse(where, f"没有叫 {each} 的{what}，{there}")
    return given


def one_known(
    value: Any,  # noqa: ANN401  YAML is any
    where: str,
    names: Collection[str],
    what: str,
    refuse: Refuse,
) -> str:
    """One name of those that there are; "" where it is missing."""
    given = known(value, where, names, what, refuse)
    if len(given) > 1:
        raise refuse(where, f"只能写一个{what}")
    return given[0] if given else ""


def place(data: Any, where: str, refuse: Refuse) -> Place:  # noqa: ANN401  YAML is any
    """A place out of `latitude` and `longitude`, in degrees (GCJ-02)."""
    return Place(
        _degrees(data.get("latitude"), f"{where}.latitude", 90, refuse),
        _degrees(data.get("longitude"), f"{where}.longitude", 180, refuse),
    )


def _degrees(value: Any, where: str, most: int, refuse: Refuse) -> float:  # noqa: ANN401  YAML
    if not isinstance(value, int | float) or isinstance(value, bool) or abs(value) > most:
        raise refuse(where, f"应是 -{most} 到 {most} 之间的度数（经纬度别写反）")
    return float(value)


def once(names: Sequence[str], section: str, what: str, refuse: Refuse) -> None:
    """Refuse a name that stands there twice."""
    for at, each in enumerate(names):
        if each in names[:at]:
            raise refuse(f"{section}[{at}].{what}", f"{each} 重复了")
