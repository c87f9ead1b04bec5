"""Where a ticket was put, and how that was found, in words for staff."""

from collections.abc import Sequence
from functools import reduce

from bot.commands.find import shop_name
from desk.assignment.model import HEAD_OFFICE, Decision
from desk.front import Desk
from desk.kernel.messages import Phrase, phrase
from desk.routing.lines import fits
from desk.routing.model import KEYS, Route
from desk.routing.placed import By, Found, Placed
from desk.tickets.model import Ticket

_WORDED = ("kind", "priority")
_THINGS = ("store", "region", "goods", "warehouse")


async def placed_lines(ticket: Ticket, desk: Desk) -> tuple[Phrase, ...]:
    """A line for each thing that was found; what was not found is left out."""
    placed = await desk.placements.of(ticket.id) or Placed()
    found: dict[str, Found] = {name: getattr(placed, name) for name in _THINGS}
    if ticket.store != placed.store.value:
        found["store"] = Found(ticket.store, By.CHANGED)
    lines = [_found(name, each, desk) for name, each in found.items() if each.value]
    if placed.tier:
        lines.append(phrase("routing.placed.vip"))
    if placed.leader:
        lines.append(phrase("routing.placed.leader"))
    if placed.route:
        lines.append(phrase("routing.placed.route", line=placed.line, name=placed.route))
    if placed.lane:
        lines.append(phrase("routing.placed.lane", name=placed.lane))
    return tuple(lines)


def overflow(decision: Decision, desk: Desk) -> Phrase | str:
    """That nobody of the store could, and who helps out; "" where it did not come to that."""
    if not decision.passed:
        return ""
    stores = [place_name(each, desk) for each in decision.passed if each != HEAD_OFFICE]
    passed = "、".join(stores)
    if not decision.winner:
        return phrase("routing.passed_all", passed=passed)
    if decision.place == HEAD_OFFICE:
        return phrase("routing.passed_to_office", passed=passed)
    return phrase("routing.passed", passed=passed, place=place_name(decision.place, desk))


def place_name(place: str, desk: Desk) -> str:
    """What people call a store or a warehouse."""
    store = next((each.name for each in desk.stores if each.id == place), "")
    warehouse = desk.routing.warehouse(place)
    return store or (warehouse.name if warehouse else place)


def tried(number: int, route: Route, about: dict[str, str], desk: Desk) -> Phrase:
    """A line of the table against a ticket: it fits, or the first thing that does not."""
    if fits(route, about):
        return phrase("routing.line.fits", line=number, name=route.name)
    match = route.match
    wrong = next(each for each in KEYS if each in match and about[each] not in match[each])
    return phrase(
        "routing.line.other",
        line=number,
        name=route.name,
        what=Phrase(f"routing.key.{wrong}"),
        wants=_or([_called(wrong, each, desk) for each in sorted(match[wrong])]),
        has=_called(wrong, about[wrong], desk) or phrase("routing.nothing"),
    )


def about(ticket: Ticket, placed: Placed | None) -> dict[str, str]:
    """What a line of the table may look at, as the ticket stands now."""
    return {
        "kind": ticket.kind.value,
        "product_type": ticket.product_type,
        "shop": ticket.shop,
        "region": ticket.region,
        "tier": placed.tier if placed else "",
        "priority": ticket.priority.value,
        "template": ticket.template or ticket.kind.value,
    }


def _called(key: str, value: str, desk: Desk) -> Phrase | str:
    if key in _WORDED and value:
        return Phrase(f"ticket.{key}.{value}")
    return shop_name(value, desk) if key == "shop" and value else value


def _or(names: Sequence[Phrase | str]) -> Phrase | str:
    return reduce(lambda before, each: phrase("cmd.rules.or", first=before, then=each), names)


def _found(thing: str, found: Found, desk: Desk) -> Phrase:
    return Phrase(
        f"routing.placed.{thing}",
        {"name": place_name(found.value, desk), "how": _how(found)},
    )


def _how(found: Found) -> Phrase | str:
    if found.by is By.NOTHING:
        return ""
    km = "" if found.km is None else f"{max(found.km, 1):.0f}"
    return Phrase(f"routing.by.{found.by}", {"word": found.word, "km": km})
