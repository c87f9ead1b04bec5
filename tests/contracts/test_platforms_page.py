"""The table of platforms says what the code can do."""

import re

from desk.shops.powers import Power
from tests.contracts.cases import ALL
from tools.platforms import NO, PAGE, YES, page, told_of_all


async def test_the_page_is_as_the_code_would_write_it() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert written == page(await told_of_all()), "run `make platforms`"


async def test_what_the_page_is_read_from_are_the_powers_that_the_contract_tries() -> None:
    told = {each.platform.name: each.powers for each in await told_of_all()}

    for case in ALL:
        assert told[case.platform] == case.powers


def test_every_power_has_a_line() -> None:
    rows = re.findall(rf"^\| [^|]+ \|(?: [{YES}{NO}] \|)+$", PAGE.read_text("utf-8"), re.MULTILINE)

    # Listening and the end of access are told in words, in lines of their own.
    assert len(rows) >= len(Power) - 2
