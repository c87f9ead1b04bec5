"""The door: which links open, what it answers to whom, and how often."""

import random
import string
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.web.facts import SHOWN_FOR
from bot.web.links import TicketLinks
from desk.kernel.errors import Unavailable
from desk.kernel.ids import TicketId, derived
from desk.kernel.messages import TicketLink
from desk.tickets.commands import FinishTicket, ReopenTicket, TakeTicket
from desk.tickets.model import Ticket, TicketState
from desk.tickets.ports import TicketReader
from tests.bot.web.bench import HOME, NUMBER, OURS, Bench, visiting
from tests.fakes.books import FakeTickets

DAY = timedelta(days=1)
RATE = {"do": "rate", "score": "5"}


async def opened() -> Bench:
    """A bench with one ticket."""
    bench = Bench()
    await bench.opened()
    return bench


async def test_every_link_that_opens_nothing_gets_the_same_answer() -> None:
    bench = await opened()
    nobodys = bench.links.token(TicketLink(TicketId(derived("nobody's")), 0))
    revoked = bench.links.token(TicketLink(bench.ticket.id, 1))
    other = TicketLinks(b"another key", HOME).token(TicketLink(bench.ticket.id, 0))
    cut = bench.path.removeprefix("/t/")[:-1]
    answers = {}
    async with visiting(bench) as visitor:
        for token in (nobodys, revoked, other, cut, "x", "%00", "a" * 5000, "中文"):
            async with visitor.get(f"/t/{token}") as answer:
                answers[token] = (answer.status, await answer.text())
    assert {text for _, text in answers.values()} == {answers["x"][1]}
    assert [status for status, _ in answers.values()] == [404, 410, *([404] * 6)]
    assert "打不开这个页面" in answers["x"][1]
    assert NUMBER not in answers[revoked][1]


async def test_made_up_links_break_nothing() -> None:
    bench = await opened()
    made_up = random.Random(7)
    async with visiting(bench) as visitor:
        for _ in range(300):
            token = "".join(made_up.choices(string.ascii_letters + "-_.%~!$&'()*+,;=:@", k=71))
            async with visitor.get(f"/t/{token}") as answer:
                assert answer.status in (400, 404)  # aiohttp refuses what is no address at all.


async def test_a_link_opens_until_ninety_days_after_the_end() -> None:
    bench = await opened()
    bench.house.clock.turn(300 * DAY)
    async with visiting(bench) as visitor:
        assert (await visitor.get(bench.path)).status == 200
        await bench.staff_does(TakeTicket(NUMBER, "amei"))
        await bench.staff_does(FinishTicket(NUMBER, "amei"))
        bench.house.clock.turn(SHOWN_FOR)
        assert (await visitor.get(bench.path)).status == 200
        bench.house.clock.turn(timedelta(seconds=1))
        assert (await visitor.get(bench.path)).status == 410
        assert (await visitor.post(bench.path, data=RATE, headers=OURS)).status == 410
        await bench.staff_does(ReopenTicket(NUMBER, "amei"))
        assert (await visitor.get(bench.path)).status == 200


async def test_a_ticket_that_was_closed_without_a_solution_ends_with_its_last_line() -> None:
    bench = await opened()
    bench.change(state=TicketState.CLOSED)
    bench.house.clock.turn(SHOWN_FOR + timedelta(seconds=1))
    async with visiting(bench) as visitor:
        assert (await visitor.get(bench.path)).status == 410


async def test_the_page_is_kept_by_nobody_and_tells_nobody() -> None:
    bench = await opened()
    async with visiting(bench) as visitor:
        for path in (bench.path, "/t/x"):
            headers = (await visitor.get(path)).headers
            assert headers["Content-Type"] == "text/html; charset=utf-8"
            assert headers["Cache-Control"] == "no-store"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            policy = headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert policy.startswith("default-src 'none';")
            assert "Set-Cookie" not in headers


async def test_who_has_the_page_already_gets_no_other_until_it_changes() -> None:
    bench = await opened()
    async with visiting(bench) as visitor:
        first = await visitor.get(bench.path)
        known = {"If-None-Match": first.headers["ETag"]}
        again = await visitor.get(bench.path, headers=known)
        assert (again.status, await again.read()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "no-store"
        await bench.staff_does(TakeTicket(NUMBER, "amei"))
        changed = await visitor.get(bench.path, headers=known)
        assert changed.status == 200
        assert changed.headers["ETag"] != first.headers["ETag"]


async def test_head_answers_like_get_without_a_body_and_does_nothing() -> None:
    bench = await opened()
    before = dict(bench.house.books.tickets.kept)
    async with visiting(bench) as visitor:
        got = await visitor.get(bench.path)
        head = await visitor.head(bench.path)
        assert (head.status, await head.read()) == (200, b"")
        assert head.headers["ETag"] == got.headers["ETag"]
        assert (await visitor.head("/t/x")).status == 404
    assert bench.house.books.tickets.kept == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
async def test_other_methods_are_refused_for_true_and_false_links_alike(method: str) -> None:
    bench = await opened()
    async with visiting(bench) as visitor:
        true = await visitor.request(method, bench.path)
        false = await visitor.request(method, "/t/x")
        assert true.status == false.status == 405
        assert true.headers["Allow"] == "GET, HEAD, POST"
        assert await true.text() == await false.text()


async def test_style_and_script_are_kept_for_a_year_under_names_of_their_own() -> None:
    bench = await opened()
    async with visiting(bench) as visitor:
        html = await (await visitor.get(bench.path)).text()
        for kind, sort in (("css", "text/css"), ("js", "text/javascript")):
            name = next(word for word in html.split('"') if word.endswith(f".{kind}"))
            asset = await visitor.get(f"/t/{name}")
            assert asset.status == 200
            assert asset.headers["Content-Type"].startswith(sort)
            assert "immutable" in asset.headers["Cache-Control"]
            assert asset.headers["X-Content-Type-Options"] == "nosniff"
        assert (await visitor.get("/t/-/page.000000000000.css")).status == 404


async def test_who_looks_too_often_is_told_to_wait_and_may_look_again_then() -> None:
    bench = await opened()
    bench.burst = 20
    async with visiting(bench) as visitor:
        statuses = [(await visitor.get(bench.path)).status for _ in range(21)]
        assert statuses == [*([200] * 20), 429]
        busy = await visitor.get(bench.path)
        assert busy.headers["Retry-After"] == "60"
        assert "歇一分钟" in await busy.text()
        bench.seconds += 0.5
        assert (await visitor.get(bench.path)).status == 200
        assert (await visitor.get(bench.path)).status == 429


async def test_who_guesses_is_out_of_looks_much_sooner() -> None:
    bench = await opened()
    bench.burst = 30
    async with visiting(bench) as visitor:
        statuses = [(await visitor.get("/t/guess")).status for _ in range(4)]
        assert statuses == [404, 404, 429, 429]


class Away(FakeTickets):
    """The database is away."""

    @override
    async def get(self, ticket: TicketId) -> Ticket | None:
        raise Unavailable("database.away", "数据库连不上")


async def test_while_the_database_is_away_the_page_says_so() -> None:
    bench = await opened()
    door = replace(bench.door, desk=replace(bench.desk, tickets=cast("TicketReader", Away())))
    async with visiting(bench, door) as visitor:
        answer = await visitor.get(bench.path)
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "60"
        assert "暂时查不到" in await answer.text()


class Broken(FakeTickets):
    """A mistake of ours."""

    @override
    async def get(self, ticket: TicketId) -> Ticket | None:
        raise ZeroDivisionError


async def test_where_we_break_the_log_names_the_route_and_not_the_key_to_the_page() -> None:
    bench = await opened()
    door = replace(bench.door, desk=replace(bench.desk, tickets=cast("TicketReader", Broken())))
    with capture_logs() as logs:
        async with visiting(bench, door) as visitor:
            assert (await visitor.get(bench.path)).status == 500
    assert [(each["event"], each["path"]) for each in logs] == [("server.failed", "/t/{token}")]
    assert bench.path.removeprefix("/t/") not in str(logs)
