"""What has to hold of the days, asked of the rows: one sentence for each thing that is wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tools.three_days.ladders import wrong_steps
from tools.three_days.people import Crew
from tools.three_days.promises import some_moment, wrong_promises
from tools.three_days.trail import Row, Trail

_OPEN = ("asked", "waiting")
_ENDED = ("solved", "closed")
_STRIKES = 3


def wrong(trail: Trail) -> tuple[str, ...]:
    """Everything that is not as it has to be; () where all is well."""
    found = (
        owners(trail),
        full_hands(trail),
        wrong_promises(trail),
        wrong_steps(trail),
        repeated(trail),
        forgotten(trail),
        strikes(trail),
        gone(trail),
    )
    return tuple(sentence for each in found for sentence in each)


def owners(trail: Trail) -> Iterator[str]:
    """A ticket has one owner, changes hands by way of nobody, and is asked of one at a time."""
    numbers, owner = trail.numbers(), defaultdict[str, str](str)
    open_offers: dict[str, set[str]] = defaultdict(set)
    for each in trail.lines:
        row = each.row
        if each.table == "tickets":
            before, now = owner[row["id"]], row["owner"]
            if before and now and before != now:
                yield f"{row['number']} went from {before} to {now} without being anybody's"
            if now and row["state"] == "open":
                yield f"{row['number']} is open and {now} has it"
            owner[row["id"]] = now
        elif each.table == "ticket_offers":
            ticket = open_offers[row["ticket_id"]]
            ticket.add(row["id"]) if row["state"] in _OPEN else ticket.discard(row["id"])
            if len(ticket) > 1:
                yield f"{numbers[row['ticket_id']]} was put before {len(ticket)} at once"


def full_hands(trail: Trail) -> Iterator[str]:
    """Nobody is asked to take one more than they can hold."""
    capacity = {each.userid: each.capacity or 30 for each in Crew().people}
    for seq, userid, load, asks in loads(trail):
        if asks and load > capacity[userid]:
            yield f"{userid} was asked with {load} of {capacity[userid]} in hand (line {seq})"


def loads(trail: Trail) -> Iterator[tuple[int, str, int, bool]]:
    """Line, member, what they own or are asked to take since, and whether they were asked."""
    has: dict[str, set[str]] = defaultdict(set)
    where: dict[str, str] = {}
    for each in trail.lines:
        row, key = each.row, f"{each.table} {each.row.get('id')}"
        if each.table not in ("tickets", "ticket_offers"):
            continue
        is_offer = each.table == "ticket_offers"
        userid = row["userid"] if is_offer else row["owner"]
        holds = row["state"] == "asked" if is_offer else row["state"] not in _ENDED and bool(userid)
        before = where.pop(key, "")
        if before:
            has[before].discard(key)
        if holds:
            has[userid].add(key)
            where[key] = userid
        for one in {before, userid} - {""}:
            yield each.seq, one, len(has[one]), is_offer and holds and one == userid


def repeated(trail: Trail) -> Iterator[str]:
    """No card goes out under a name that was used, nobody is told twice that something is late."""
    cards: Counter[str] = Counter()
    customers: Counter[str] = Counter()
    for each in trail.outbox:
        body = each["body"]
        reply = body.get("reply", {})
        if each["kind"] == "tell_staff" and reply.get("$") == "Card":
            cards[reply["task"]] += 1
        if each["kind"] == "say":
            customers.update(_late(body["say"]["phrase"]))
        if each["state"] != "sent":
            yield f"{each['kind']} did not go out: {each['state']}"
    yield from (f"card {task} went out {count} times" for task, count in cards.items() if count > 1)
    broken = Counter(numbers_of(trail, "breached_solution"))
    for number, count in customers.items():
        if count > broken[number]:
            yield f"the customer of {number} was told {count} times that it takes longer"


def numbers_of(trail: Trail, what: str) -> Iterator[str]:
    """The number of a ticket, as often as something happened to it."""
    numbers = trail.numbers()
    return (numbers[each["ticket_id"]] for each in trail.events if each["what"] == what)


def _late(phrase: Row) -> Iterator[str]:
    """The numbers of tickets of which a message says that they take longer."""
    params = phrase["params"]["value"]
    if phrase["key"] == "sla.customer.late":
        yield params["number"]
    for each in params.values():
        if isinstance(each, Mapping) and each.get("$") == "Phrase":
            yield from _late(each)


def forgotten(trail: Trail) -> Iterator[str]:
    """Whatever is not solved has an owner or is asked of somebody, and is looked at again."""
    last = {(each.table, _key(each.row)): each.row for each in trail.lines}
    looks: dict[str, list[datetime]] = defaultdict(list)
    offers: dict[str, Row] = {}
    for (table, _), row in last.items():
        if table == "ticket_offers" and row["state"] in _OPEN:
            offers[row["ticket_id"]] = row
            looks[row["ticket_id"]].append(some_moment(row["due_at"]))
        for name in ("look_at", "next_at"):
            if row.get(name):
                looks[row["ticket_id"]].append(some_moment(row[name]))
    for (table, _), row in last.items():
        if table != "tickets" or row["state"] in _ENDED:
            continue
        if not row["owner"] and row["id"] not in offers:
            yield f"{row['number']} is nobody's, and nobody is asked"
        if not any(at >= trail.end - timedelta(minutes=1) for at in looks[row["id"]]):
            yield f"{row['number']} ({row['state']}) will not be looked at again"


def _key(row: Row) -> str:
    parts = ("id", "ticket_id", "which", "ladder", "userid")
    return str(row["id"]) if "id" in row else " ".join(str(row.get(each)) for each in parts)


def strikes(trail: Trail) -> Iterator[str]:
    """Three offers in a row that pass set somebody busy; else only they themselves do."""
    since: dict[str, datetime] = {}
    offers: dict[str, dict[str, Row]] = defaultdict(dict)
    struck: set[str] = set()
    for each in trail.lines:
        row = each.row
        if each.table == "ticket_offers" and row["userid"]:
            known = offers[row["userid"]]
            new = known.get(row["id"], {}).get("state") != row["state"]
            known[row["id"]] = row
            if new and row["state"] == "timed_out":
                if row["userid"] in struck:
                    yield f"{row['userid']} is asked on after {_STRIKES} that passed"
                if _passed(known, since.get(row["userid"])) >= _STRIKES:
                    struck.add(row["userid"])
        elif each.table == "presences":
            userid = row["userid"]
            if row["set_by"] == "bot" and row["state"] == "busy" and userid not in struck:
                yield f"{userid} was set busy without {_STRIKES} that passed"
            struck.discard(userid)
            since[userid] = some_moment(row["since"])
    yield from (f"{userid} was not set busy" for userid in sorted(struck))


def _passed(offers: Mapping[str, Row], since: datetime | None) -> int:
    """How many passed in a row, in the order they were asked, since somebody came on duty."""
    passed = 0
    for row in sorted(offers.values(), key=lambda each: -each["sequence"]):
        if since is not None and some_moment(row["asked_at"]) < since:
            continue
        if row["state"] in ("taken", "returned"):
            break
        passed += row["state"] == "timed_out"
    return passed


def gone(trail: Trail) -> Iterator[str]:
    """Who left has nothing any more and is asked nothing."""
    left = {
        each.row["userid"]: each.seq
        for each in trail.of("presences")
        if each.row["state"] == "left"
    }
    held: dict[str, int] = {}
    for seq, userid, load, asks in loads(trail):
        held[userid] = load
        if asks and seq > left.get(userid, seq):
            yield f"{userid} was asked after leaving (line {seq})"
    for userid in left:
        if held.get(userid):
            yield f"{userid} left and still has {held[userid]}"
