"""Carries out what may be done about coupons: a grant first, the platform's answer later."""

from dataclasses import replace

from desk.conversations.outgoing import IssueCoupon
from desk.conversations.tray import OutTray
from desk.coupons.commands import GrantCoupon, SettleGrant
from desk.coupons.events import (
    CouponAlreadyHeld,
    CouponAsked,
    CouponEvent,
    CouponIssued,
    CouponRefused,
)
from desk.coupons.model import CouponPolicy, Grant, GrantState
from desk.coupons.ports import GrantStore
from desk.kernel.errors import DeskError
from desk.kernel.ids import GrantId, derived
from desk.shops.powers import CouponIssue

CouponCommand = GrantCoupon | SettleGrant


class Coupons:
    """The coupons' side of one piece of work."""

    def __init__(
        self,
        store: GrantStore,
        policies: tuple[CouponPolicy, ...],
        tray: OutTray,
    ) -> None:
        self._store, self._tray = store, tray
        self._policies = {policy.id: policy for policy in policies}

    async def carry_out(self, command: CouponCommand) -> tuple[CouponEvent, ...]:
        """Do one thing and tell what happened.

        Raises:
            DeskError: the merchant has no such policy (any more).
        """
        match command:
            case GrantCoupon():
                return await self._grant(command)
            case SettleGrant():
                return await self._settle(command)

    async def _grant(self, asked: GrantCoupon) -> tuple[CouponEvent, ...]:
        policy = self._policy(asked.policy)
        grant = Grant(
            id=GrantId(derived("grant", asked.customer, asked.policy, asked.subject)),
            customer=asked.customer,
            conversation=asked.conversation,
            policy=asked.policy,
            subject=asked.subject,
            buyer=asked.buyer,
            state=GrantState.ASKED,
            code="",
            asked_at=self._tray.now,
        )
        if not await self._store.add(grant):
            return ()
        # A lane of its own: a slow platform must not hold up what is said in the chat.
        errand = IssueCoupon(grant.id, policy.shop, policy.platform_coupon_id, grant.buyer)
        self._tray.put(f"coupon:{grant.id}", errand)
        return (CouponAsked(grant, policy),)

    async def _settle(self, answered: SettleGrant) -> tuple[CouponEvent, ...]:
        grant = await self._store.get(answered.grant)
        if grant is None:
            raise DeskError("coupon.unknown_grant", "系统内部错误：找不到这张券的发放记录。")
        issued = answered.issued
        refused = issued.result is CouponIssue.REFUSED
        state = GrantState.REFUSED if refused else GrantState.ISSUED
        if not await self._store.settle(grant.id, state, issued.code, self._tray.now):
            return ()
        settled = replace(grant, state=state, code=issued.code)
        match issued.result:
            case CouponIssue.ISSUED:
                return (CouponIssued(settled, self._policy(grant.policy)),)
            case CouponIssue.ALREADY_HAS:
                return (CouponAlreadyHeld(settled, self._policy(grant.policy)),)
            case CouponIssue.REFUSED:
                return (CouponRefused(settled, self._policy(grant.policy), issued.reason),)

    def _policy(self, policy: str) -> CouponPolicy:
        if policy not in self._policies:
            raise DeskError("coupon.unknown_policy", f"没有编号为“{policy}”的优惠券政策。")
        return self._policies[policy]
