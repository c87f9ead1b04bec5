"""The route table (路由表): the first line that fits decides."""

from collections.abc import Mapping

from desk.routing.model import Route


def first_line(routes: tuple[Route, ...], asked: Mapping[str, str]) -> tuple[int, Route | None]:
    """The first line that fits and its number from 1 on; 0 and None where none does."""
    for number, route in enumerate(routes, 1):
        if fits(route, asked):
            return number, route
    return 0, None


def fits(route: Route, asked: Mapping[str, str]) -> bool:
    """Whether everything that a line looks at is as it wants."""
    return all(asked.get(name, "") in values for name, values in route.match.items())


def covers(one: Route, other: Route) -> bool:
    """Whether whatever fits the other line fits this one too: after it, the other never decides."""
    return all(
        name in other.match and other.match[name] <= values for name, values in one.match.items()
    )
