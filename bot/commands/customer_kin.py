"""/customer merge, unmerge, apart, accept, decline: staff say who is one person with whom."""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands.authorise import forbidden
from bot.commands.base import Call, Misused, answer
from bot.commands.find import find_customer
from desk.commands import Outcome
from desk.customers.commands import (
    AboutKinship,
    AcceptSuggestion,
    AllowMerging,
    DeclineSuggestion,
    KeepApart,
    MergeCustomers,
    UnmergeCustomer,
)
from desk.front import Desk
from desk.kernel.ids import CustomerId
from desk.kernel.messages import phrase
from desk.kernel.roles import Role

LEAST = Role.SUPERVISOR
"""Merging shows one customer's orders to another: agents may look, supervisors decide."""

Verb = Callable[[Call, Desk], Awaitable[Outcome]]


async def _merge(call: Call, desk: Desk) -> AboutKinship:
    one, other = await _two(call, desk)
    return MergeCustomers(one, other, call.member.userid, call.rest(3))


async def _unmerge(call: Call, desk: Desk) -> AboutKinship:
    meant = await find_customer(call.rest(1), call, desk)
    return UnmergeCustomer(meant.customer.id, call.member.userid)


async def _apart(call: Call, desk: Desk) -> AboutKinship:
    one, other = await _two(call, desk)
    return KeepApart(one, other, call.member.userid, call.rest(3))


async def _allow(call: Call, desk: Desk) -> AboutKinship:
    one, other = await _two(call, desk)
    return AllowMerging(one, other, call.member.userid)


async def _accept(call: Call, _desk: Desk) -> AboutKinship:
    return AcceptSuggestion(_number(call), call.member.userid)


async def _decline(call: Call, _desk: Desk) -> AboutKinship:
    return DeclineSuggestion(_number(call), call.member.userid)


async def _two(call: Call, desk: Desk) -> tuple[CustomerId, CustomerId]:
    if len(call.words) < 3:
        raise Misused(phrase("cmd.customer.which_two"))
    one = (await find_customer(call.words[1], call, desk)).customer.id
    other = (await find_customer(call.words[2], call, desk)).customer.id
    if one == other:
        raise Misused(phrase("cmd.customer.same_twice"), is_complete=True)
    return one, other


def _number(call: Call) -> int:
    word = call.words[1].removeprefix("#")
    if not word.isdecimal():
        raise Misused(phrase("cmd.customer.which_suggestion", word=word))
    return int(word)


def _for_supervisors(decide: Callable[[Call, Desk], Awaitable[AboutKinship]]) -> Verb:
    async def run(call: Call, desk: Desk) -> Outcome:
        if refused := forbidden(f"顾客 {call.words[0]}", LEAST, call.member):
            return answer(refused)
        return Outcome(do=(await decide(call, desk),))

    return run


_SPELLED: Mapping[tuple[str, ...], Verb] = {
    ("merge", "合并"): _for_supervisors(_merge),
    ("unmerge", "拆分", "拆开"): _for_supervisors(_unmerge),
    ("apart", "不是同一人", "不是同一个人"): _for_supervisors(_apart),
    ("allow", "可以合并"): _for_supervisors(_allow),
    ("accept", "确认", "接受"): _for_supervisors(_accept),
    ("decline", "否认", "拒绝"): _for_supervisors(_decline),
}
KIN_VERBS: Mapping[str, Verb] = {
    name: verb for spelled, verb in _SPELLED.items() for name in spelled
}
