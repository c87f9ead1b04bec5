"""Messages in quick succession are one thing said; a beginning waits a moment for the rest."""

from datetime import timedelta

import pytest

from bot.turn.bursts import LONGEST, PAUSE, bursts, wait_until
from bot.understanding.reader import DEAF, UNSURE
from desk.conversations.incoming import ChannelName, Content, Media, Signal, Text
from desk.conversations.model import InboxRow
from desk.kernel.ids import InboxId, uuid7
from desk.turns import Understanding
from tests.clocks import NOON
from tests.store.making import message

PICTURE = Media("image", {"media_id": "m"})


def row(
    content: Content | str,
    after: float = 0.0,
    *,
    channel: ChannelName = ChannelName.KF,
    historic: bool = False,
    attempts: int = 0,
) -> InboxRow:
    said = Text(content) if isinstance(content, str) else content
    at = NOON + timedelta(seconds=after)
    incoming = message("m", said, channel=channel, sent_at=at, historic=historic)
    return InboxRow(InboxId(uuid7()), incoming, attempts, at)


def sizes(*rows: InboxRow) -> list[int]:
    return [len(burst) for burst in bursts(rows)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((row("在吗"), row("学步鞋", 1), row("22码有吗", 3)), [3]),
        ((row("在吗"), row("学步鞋", 60)), [1, 1]),
        ((row(PICTURE), row(PICTURE, 1), row("开胶了", 2)), [2, 1]),
        ((row("在吗"), row(Text("查物流", "go_logistics_query"), 1), row("谢谢", 2)), [1, 1, 1]),
        ((row("在吗"), row(Signal("enter_session", {}), 1), row("谢谢", 2)), [1, 1, 1]),
        ((row("/help", channel=ChannelName.APP), row("/x", 1, channel=ChannelName.APP)), [1, 1]),
        ((row("在吗", historic=True), row("有货吗", 1, historic=True)), [1, 1]),
        ((row("在吗", attempts=1), row("有货吗", 1)), [1, 1]),
        ((), []),
    ],
)
def test_what_belongs_together_is_one_burst(
    rows: tuple[InboxRow, ...], expected: list[int]
) -> None:
    assert sizes(*rows) == expected


def test_no_message_is_lost_or_moved() -> None:
    rows = [row(str(number), number / 2) for number in range(40)]
    assert [each for burst in bursts(rows) for each in burst] == rows


def meant(intent: str, source: str = "nlu") -> Understanding:
    return Understanding(intent, 0.9, source)


@pytest.mark.parametrize(
    "beginning", [meant("greet"), meant("stock_check", UNSURE), meant(DEAF, "none"), meant("media")]
)
def test_a_beginning_waits_for_the_rest(beginning: Understanding) -> None:
    burst = (row("在吗"),)
    assert wait_until(burst, beginning, NOON) == NOON + PAUSE
    assert wait_until(burst, beginning, NOON + PAUSE) is None


@pytest.mark.parametrize("whole", [meant("stock_check"), meant("thank"), meant("held", "signal")])
def test_what_is_whole_is_answered_at_once(whole: Understanding) -> None:
    assert wait_until((row("有货吗"),), whole, NOON) is None


def test_a_tap_is_never_a_beginning() -> None:
    tap = row(Text("随便看看", "go_greet"))
    assert wait_until((tap,), meant("greet"), NOON) is None


def test_messages_that_keep_coming_are_answered_in_the_end() -> None:
    burst = tuple(row("那个", number / 2) for number in range(7))
    assert wait_until(burst, meant("greet", UNSURE), NOON + LONGEST) is None


def test_what_was_left_over_from_an_outage_waits_no_longer() -> None:
    assert wait_until((row("在吗"),), meant("greet"), NOON + timedelta(hours=1)) is None
