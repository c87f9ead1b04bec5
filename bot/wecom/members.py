"""Who works here: the staff file where there is one, else everybody who may see the app."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import structlog

from bot.wecom.client import WeComClient
from bot.wecom.deliveries import CALL_ERRORS
from bot.wecom.sharing_file import load_sharing
from bot.wecom.staff_file import load_staff
from bot.wecom.visible import name_of, visible_members
from desk.kernel.roles import Role
from desk.shops.stores import Store
from desk.staff.directory import Staff
from desk.staff.hours import ServiceHours

log = structlog.get_logger()

_FRESH_SECONDS = 600.0
_RETRY_SECONDS = 30.0


class StaffWanted(Protocol):
    """The settings that tell who works here."""

    @property
    def staff_file(self) -> Path | None: ...
    @property
    def managers(self) -> tuple[str, ...]: ...
    @property
    def wecom_agent_id(self) -> int: ...


class Members:
    """The StaffDirectory of the app.

    Raises (constructor):
        BadStaffFile: the staff file is missing or wrong.
    """

    def __init__(
        self,
        settings: StaffWanted,
        client: WeComClient,
        hours: ServiceHours | None = None,
        stores: Sequence[Store] = (),
    ) -> None:
        self.hours = hours or ServiceHours()
        self.stores = stores
        self.sharing = load_sharing(settings.staff_file)
        self.is_whole = settings.staff_file is not None
        self._client, self._agent = client, settings.wecom_agent_id
        self._managers = tuple(each.lower() for each in settings.managers)
        self._from_file = settings.staff_file is not None
        listed = load_staff(settings.staff_file) if settings.staff_file is not None else ()
        self._staff: dict[str, Staff] = {}
        self._set({each.userid: each for each in listed})

    def find(self, userid: str) -> Staff | None:
        """A member by userid (any case); None for strangers."""
        return self._staff.get(userid.lower())

    def with_role(self, least: Role) -> Sequence[Staff]:
        """Everybody of this role or a higher one."""
        return tuple(each for each in self._staff.values() if each.role >= least)

    def agents(self, skill: str = "") -> Sequence[Staff]:
        """Agents, those with the skill if any has it, else all; without agents, everybody."""
        agents = tuple(each for each in self._staff.values() if each.role is Role.AGENT)
        agents = agents or tuple(self._staff.values())
        return tuple(each for each in agents if skill in each.skills) or agents

    async def admit(self, userid: str) -> Staff | None:
        """A member who wrote to the app: WeCom lets only those write who may see it.

        Without a staff file a new one is looked up and counts as an agent from now on.
        """
        if found := self.find(userid):
            return found
        if self._from_file:
            return None
        name = await name_of(self._client, userid.lower())
        if name is not None:
            self._staff[userid.lower()] = Staff(userid.lower(), name, Role.AGENT)
        return self.find(userid)

    async def refresh(self) -> bool:
        """Ask WeCom once who may see the app; False when it did not tell."""
        known = {
            each.userid: each.name for each in self._staff.values() if each.name != each.userid
        }
        try:
            visible = await visible_members(self._client, self._agent, known)
        except CALL_ERRORS as error:
            log.warning("members.not_refreshed", code=error.code, advice=error.say)
            return False
        self._set({userid: Staff(userid, name, Role.AGENT) for userid, name in visible.items()})
        self.is_whole = True
        return True

    async def keep_fresh(self) -> None:
        """Refresh every ten minutes, until cancelled; with a staff file there is nothing to do."""
        if self._from_file or not self._agent:
            return
        while True:
            fresh = await self.refresh()
            await asyncio.sleep(_FRESH_SECONDS if fresh else _RETRY_SECONDS)

    def _set(self, staff: dict[str, Staff]) -> None:
        for userid in self._managers:
            member = staff.get(userid) or self._staff.get(userid)
            member = member or Staff(userid, userid, Role.MANAGER)
            staff[userid] = replace(member, role=max(member.role, Role.MANAGER))
        self._staff = staff
