"""What every tracker's folder offers to the catalog."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk.kernel.errors import DeskError
from desk.shops.tracking import ParcelPush, ParcelTracker
from integrations.http import HttpClient
from integrations.platform import PushRequest
from integrations.rate import Rate

PUSH_PATH = "/carriers/{tracker}/push"


class BadTrackerEntry(DeskError):
    """An entry under `carriers:` cannot be used; the message names the field and the way out."""

    def __init__(self, tracker: str, field: str, way_out: str) -> None:
        say = f"快递查询配置（carriers）{tracker} 的 {field} 有问题：{way_out}"
        super().__init__("shops_file.bad_tracker", say)
        self.tracker = tracker
        self.field = field
        self.way_out = way_out
        self.args = (say,)


@dataclass(frozen=True, slots=True)
class TrackerEntry:
    """One entry under `carriers:` of the shops' file.

    `base_url` "" means the official gateway. `callback_url` is where the bot is reached from
    outside (https://bot.example.com), "" where it is not: then nothing is subscribed.
    """

    id: str
    platform: str
    name: str
    base_url: str
    callback_url: str
    credentials: Mapping[str, str] = field(repr=False)

    def credential(self, name: str) -> str:
        """Return a credential.

        Raises:
            BadTrackerEntry: it is missing or empty.
        """
        value = self.credentials.get(name, "")
        if not value:
            way_out = f"缺少或为空。在店铺文件里补上 {name}，或设置它引用的环境变量"
            raise BadTrackerEntry(self.id, f"credentials.{name}", way_out)
        return value

    @property
    def push_url(self) -> str:
        """The address that pushes go to, "" where the bot cannot be reached."""
        if not self.callback_url:
            return ""
        return self.callback_url + PUSH_PATH.format(tracker=self.id)


@dataclass(frozen=True, slots=True)
class ReceivedParcels:
    """What a push said, and the answer that its pusher waits for, or else it pushes again."""

    pushes: tuple[ParcelPush, ...]
    answer: str
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class TrackerPlatform:
    """A tracking service: how it is opened, and how its push is read.

    `receive(entry, request, now)` raises desk.shops.events.ForgedPush and
    integrations.wild.Unreadable, nothing else.
    """

    name: str
    chinese: str
    rate: Rate
    open: Callable[[TrackerEntry, HttpClient], ParcelTracker]
    receive: Callable[[TrackerEntry, PushRequest, datetime], ReceivedParcels]
