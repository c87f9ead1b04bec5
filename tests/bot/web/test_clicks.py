"""Rating and objecting on the page: once each, by a form of ours only, in one transaction."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from bot.web.offers import REOPENED_WITHIN
from desk.conversations.outgoing import SayInConversation, TellStaff
from desk.kernel.messages import Say
from desk.ratings.model import rating_of
from desk.tickets.commands import FinishTicket, TakeTicket
from desk.tickets.links import link_to
from desk.tickets.model import TicketKind, TicketState
from tests.bot.web.bench import HOME, NUMBER, OURS, Bench, visiting
from tests.desk.work.house import CHAT, DELAYED

GOOD = {"do": "rate", "score": "5", "words": "很快"}
BAD = {"do": "rate", "score": "1", "words": "打了 13812345678 也没人接"}
AGAIN = {"do": "reopen", "words": "到现在没收到，住虹桥路777号3楼"}


async def solved(kind: TicketKind = TicketKind.LOGISTICS) -> Bench:
    """阿美 has solved the customer's ticket."""
    bench = Bench()
    await bench.opened(replace(DELAYED, kind=kind))
    await bench.staff_does(TakeTicket(NUMBER, "amei"))
    await bench.staff_does(FinishTicket(NUMBER, "amei"), after=timedelta(minutes=1))
    return bench


async def click(
    bench: Bench, form: Mapping[str, str], headers: Mapping[str, str] = OURS
) -> ClientResponse:
    """Send a form, without following where it leads."""
    async with visiting(bench) as visitor:
        return await visitor.post(bench.path, data=form, headers=headers, allow_redirects=False)


def said(answer: ClientResponse) -> str:
    """What came of a click."""
    assert answer.status == 303
    return answer.headers["Location"].partition("?said=")[2]


async def test_a_rating_is_kept_with_the_ticket_and_its_owner() -> None:
    bench = await solved()
    answer = await click(bench, GOOD)
    assert answer.headers["Location"] == f"{bench.path.removeprefix('/t/')}?said=rated"
    rating = await bench.house.books.ratings.of_ticket(bench.ticket.id)
    assert rating is not None
    assert (rating.score, rating.words, rating.servicer) == (5, "很快", "amei")
    assert (rating.ticket, rating.conversation) == (bench.ticket.id, CHAT.id)
    assert bench.rung == 1


async def test_where_the_form_leads_says_thanks_and_shows_the_rating() -> None:
    bench = await solved()
    async with visiting(bench) as visitor:
        answer = await visitor.post(bench.path, data=GOOD, headers=OURS)
        text = await answer.text()
    assert answer.status == 200
    assert "谢谢，您的评价收到了。" in text
    assert "非常满意" in text
    assert "提交评价" not in text


async def test_a_second_rating_changes_nothing_and_says_so_kindly() -> None:
    bench = await solved()
    await click(bench, GOOD)
    assert said(await click(bench, BAD)) == "rated_before"
    rating = bench.house.books.ratings.kept[rating_of(bench.ticket.id)]
    assert (rating.score, rating.words) == (5, "很快")
    assert len(bench.house.books.tickets.kept) == 1


async def test_the_same_rating_sent_twice_at_once_is_one() -> None:
    bench = await solved()
    async with visiting(bench) as visitor:
        posts = (
            visitor.post(bench.path, data=BAD, headers=OURS, allow_redirects=False)
            for _ in range(2)
        )
        await asyncio.gather(*posts)
    assert len(bench.house.books.tickets.kept) == 2  # The ticket, and the one to call back.
    told = [entry for entry in bench.house.entries if isinstance(entry.body, TellStaff)]
    low = [each for each in told if "rating.told" in str(each.body)]
    assert len(low) == 1


async def test_a_low_rating_calls_a_supervisor_about_that_ticket() -> None:
    bench = await solved()
    assert said(await click(bench, BAD)) == "rated_low"
    bodies = [entry.body for entry in bench.house.entries]
    (told,) = [
        body.reply.phrase
        for body in bodies
        if isinstance(body, TellStaff)
        and isinstance(body.reply, Say)
        and body.reply.phrase.key == "rating.told"
    ]
    assert NUMBER in str(told.params["about"])
    assert "13812345678" not in str(told)
    back = bench.house.books.tickets.kept["T-20261121-0002"]
    assert back.summary.startswith(f"顾客对工单 {NUMBER} 的处理（阿美处理）打了 1 分，请回访")
    assert (back.kind, back.order_no) == (TicketKind.OTHER, bench.ticket.order_no)
    assert bench.ticket.state is TicketState.SOLVED


@pytest.mark.parametrize("score", ["", "0", "6", "-1", "5.0", "５", "five", "1e0", "５\x00"])
async def test_a_score_that_is_none_is_asked_for_again(score: str) -> None:
    bench = await solved()
    assert said(await click(bench, {"do": "rate", "score": score})) == "no_score"
    assert bench.house.books.ratings.kept[rating_of(bench.ticket.id)].score is None


async def test_words_are_cut_at_five_hundred_and_lose_what_no_keyboard_writes() -> None:
    bench = await solved()
    words = "好\x00好\u202e的\r\n第二行\x07" + "长" * 900
    assert said(await click(bench, {**GOOD, "words": words})) == "rated"
    kept = bench.house.books.ratings.kept[rating_of(bench.ticket.id)].words
    assert kept.startswith("好好的\n第二行长")
    assert len(kept) == 500


async def test_not_solved_opens_the_same_ticket_again_and_both_sides_hear() -> None:
    bench = await solved()
    before = len(bench.house.entries)
    assert said(await click(bench, AGAIN)) == "reopened"
    assert (bench.ticket.state, bench.ticket.owner) == (TicketState.TAKEN, "amei")
    assert list(bench.house.books.tickets.kept) == [NUMBER]
    bodies = [entry.body for entry in bench.house.entries[before:]]
    assert any(isinstance(body, SayInConversation) for body in bodies)
    (told,) = [body for body in bodies if isinstance(body, TellStaff) and body.to == ("amei",)]
    assert "到现在没收到" in str(told)
    assert "虹桥路777号" not in str(told)
    async with visiting(bench) as visitor:
        text = await (await visitor.get(bench.path)).text()
    assert "您说还没解决，已重新打开" in text


async def test_a_double_click_opens_it_once() -> None:
    bench = await solved()
    await click(bench, AGAIN)
    version, entries = bench.ticket.version, bench.house.entries
    assert said(await click(bench, AGAIN)) == "at_work"
    assert (bench.ticket.version, bench.house.entries) == (version, entries)


async def test_what_is_closed_by_then_goes_on_as_a_new_ticket_and_the_page_leads_there() -> None:
    bench = await solved()
    bench.change(state=TicketState.CLOSED)
    assert said(await click(bench, AGAIN)) == "opened_anew"
    anew = bench.house.books.tickets.kept["T-20261121-0002"]
    assert (anew.kind, anew.state) == (bench.ticket.kind, TicketState.OPEN)
    assert NUMBER in anew.summary
    async with visiting(bench) as visitor:
        text = await (await visitor.get(bench.path)).text()
        assert "在工单 T-20261121-0002 里接着办。" in text
        assert "请接着办" not in text
        assert (await visitor.get(f"/t/{bench.links.token(link_to(anew))}")).status == 200
    assert said(await click(bench, AGAIN)) == "not_now"
    assert len(bench.house.books.tickets.kept) == 2


async def test_what_was_solved_long_ago_is_not_opened_by_a_click() -> None:
    bench = await solved()
    bench.house.clock.turn(REOPENED_WITHIN + timedelta(seconds=1))
    assert said(await click(bench, AGAIN)) == "not_now"
    assert bench.ticket.state is TicketState.SOLVED


@pytest.mark.parametrize("form", [GOOD, AGAIN], ids=["rate", "reopen"])
@pytest.mark.parametrize(
    "fields",
    [
        {"state": TicketState.OPEN, "solved_at": None, "owner": ""},
        {"state": TicketState.CLOSED, "solved_at": None},
        {"state": TicketState.CLOSED, "merged_into": "T-20261121-0009"},
    ],
    ids=["open", "closed without help", "merged"],
)
async def test_what_is_not_offered_cannot_be_done(
    form: Mapping[str, str], fields: Mapping[str, object]
) -> None:
    bench = await solved()
    bench.change(**fields)
    before = (bench.ticket, dict(bench.house.books.ratings.kept), bench.house.entries)
    assert said(await click(bench, form)) in ("not_now", "at_work")
    assert (bench.ticket, bench.house.books.ratings.kept, bench.house.entries) == before


async def test_a_privacy_request_is_not_rated() -> None:
    bench = await solved(TicketKind.PRIVACY)
    assert said(await click(bench, GOOD)) == "not_now"
    assert bench.house.books.ratings.kept == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://desk.example"},
        {"Origin": "https://desk.example:8443"},
        {"Origin": "https://desk.example.evil.example"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HOME, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": f"{HOME}/t/x"},
    ],
    ids=str,
)
async def test_a_form_from_elsewhere_does_nothing(headers: Mapping[str, str]) -> None:
    bench = await solved()
    answer = await click(bench, GOOD, headers)
    assert answer.status == 403
    assert bench.house.books.ratings.kept[rating_of(bench.ticket.id)].score is None


@pytest.mark.parametrize(
    "headers",
    [
        OURS,
        {"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
async def test_a_form_of_ours_is_known_with_and_without_a_script(
    headers: Mapping[str, str],
) -> None:
    bench = await solved()
    assert said(await click(bench, GOOD, headers)) == "rated"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"do=rate&score=5", "text/plain"),
        (b'{"do": "rate", "score": 5}', "application/json"),
        (b"do=rate&score=5&words=" + b"x" * 17_000, "application/x-www-form-urlencoded"),
        (b"do=rate&score=5&words=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=%d" % n for n in range(50)), "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ],
    ids=["text", "json", "long", "not utf-8", "many fields", "multipart"],
)
async def test_what_is_no_form_of_ours_is_refused(body: bytes, kind: str) -> None:
    bench = await solved()
    async with visiting(bench) as visitor:
        headers = {**OURS, "Content-Type": kind}
        answer = await visitor.post(bench.path, data=body, headers=headers)
        assert answer.status == 400
        assert "没有提交成功" in await answer.text()
    assert bench.house.books.ratings.kept[rating_of(bench.ticket.id)].score is None


@pytest.mark.parametrize("do", ["", "close", "rate ", "REOPEN"])
async def test_an_unknown_click_does_nothing(do: str) -> None:
    bench = await solved()
    before = bench.house.entries
    assert said(await click(bench, {"do": do, "score": "5"})) == "not_now"
    assert bench.house.entries == before
