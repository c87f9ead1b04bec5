"""A ticket's page as plain words in order: what the template only has to set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.web.facts import Facts
from bot.web.news import News, news_of
from bot.web.offers import Offers, offers_of
from bot.web.stages import Place, stages_of
from bot.web.standing import standing_of
from bot.web.story import Line, story_of
from desk.kernel.clock import SHANGHAI
from desk.kernel.messages import Phrase, phrase
from desk.staff.directory import StaffDirectory
from desk.tickets.cards import kind_phrase
from desk.tickets.steps.told import filled

Say = Callable[[Phrase], str]
"""Writes a phrase out in the merchant's words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its label, and whether it is done, now or next."""

    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: `at` as people say it, `moment` as machines read it (ISO 8601, Asia/Shanghai)."""

    at: str
    moment: str
    what: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel's last scans."""

    title: str
    stands: str
    scans: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class TicketView:
    """What a customer reads. `tone` is how it is coloured: open, work, asks, late, done or over.

    `onward` is the token of the page that goes on in this one's place, "" for none.
    """

    number: str
    kind: str
    tone: str
    headline: str
    detail: str
    note: str
    rows: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    step_of: str
    story: tuple[Happened, ...]
    parcels: tuple[Parcel, ...]
    offers: Offers
    onward: str = ""


def view_of(
    facts: Facts, staff: StaffDirectory, say: Say, now: datetime, onward: str = ""
) -> TicketView:
    """Put the page together; nothing gets in that is not named here."""
    ticket = facts.ticket

    def name_of(userid: str) -> Phrase | str:
        member = staff.find(userid)
        return member.name if member else phrase("progress.colleague")

    told_at = _told_at(facts, staff)
    step = facts.template.step(ticket.step) if facts.template else None
    stands = standing_of(facts, name_of, now, told_at.get(step.label, "") if step else "")
    stages = stages_of(facts)
    here = next(number for number, each in enumerate(stages, 1) if each.place is Place.NOW)
    step_of = phrase("page.step_of", number=here, count=len(stages))
    lines = story_of(facts.events, name_of, told_at)
    return TicketView(
        number=ticket.number,
        kind=say(kind_phrase(ticket)),
        tone=stands.tone,
        headline=say(stands.headline),
        detail=say(stands.detail) if stands.detail else "",
        note=stands.note,
        rows=tuple((say(name), say(value)) for name, value in stands.rows),
        steps=tuple(Step(say(each.label), each.place.value) for each in stages),
        step_of=say(step_of),
        story=tuple(_happened(each, stands.note, say) for each in lines),
        parcels=tuple(_parcel(each, say) for each in news_of(facts.parcels)),
        offers=offers_of(facts, now),
        onward=onward,
    )


def _told_at(facts: Facts, staff: StaffDirectory) -> Mapping[str, str]:
    owner = staff.find(facts.ticket.owner)
    steps = facts.template.steps if facts.template else ()
    name = owner.name if owner else ""
    return {each.label: filled(each.told, facts.ticket, name) for each in steps if each.told}


def _happened(line: Line, above: str, say: Say) -> Happened:
    """One line; words that stand at the head of the page already are not said twice."""
    note = "" if line.note == above else line.note
    return Happened(*_moment(line.at, say), say(line.what), note)


def _moment(at: datetime, say: Say) -> tuple[str, str]:
    moment = at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return say(phrase("page.at", at=at)), moment


def _parcel(news: News, say: Say) -> Parcel:
    scans = tuple(Happened(*_moment(each.at, say), each.text) for each in news.scans)
    return Parcel(say(news.title), say(news.stands), scans)
