"""Who works here."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.wecom.members import Members
from bot.wecom.staff_entries import BadStaffFile
from bot.wecom.staff_file import load_staff
from desk.kernel.roles import Role
from desk.staff.directory import Staff
from tests.bot.wecom.scripted_wecom import AGENT, Outfit, ScriptedWeCom, Status, Step, refusal

FILE = """
staff:
  - {userid: AMei, name: 阿美, role: agent, stores: [xujiahui], skills: [logistics]}
  - {userid: xiaolu, name: 小鹿}
  - {userid: manyun, name: 满云, role: manager}
  - {userid: laoqin, name: 老秦, role: admin}
"""


@dataclass(frozen=True)
class Wanted:
    """The settings."""

    staff_file: Path | None = None
    managers: tuple[str, ...] = ()
    wecom_agent_id: int = AGENT


@pytest.fixture
def staff_file(tmp_path: Path) -> Path:
    path = tmp_path / "staff.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def seen(*userids: str, parties: tuple[int, ...] = ()) -> Step:
    users = [{"userid": each} for each in userids]
    return {"errcode": 0, "allow_userinfos": {"user": users}, "allow_partys": {"partyid": parties}}


def people(*rows: tuple[str, str]) -> Step:
    return {"errcode": 0, "userlist": [{"userid": u, "name": n} for u, n in rows]}


async def test_a_staff_file_decides_alone(
    kit: Outfit, wecom: ScriptedWeCom, staff_file: Path
) -> None:
    members = Members(Wanted(staff_file), kit.client)
    amei = Staff("amei", "阿美", Role.AGENT, ("xujiahui",), ("logistics",))
    assert members.find("AMEI") == amei
    assert members.find("stranger") is None
    assert await members.admit("stranger") is None
    await members.keep_fresh()
    assert wecom.asked == []


def test_roles_and_skills_choose_people(kit: Outfit, staff_file: Path) -> None:
    members = Members(Wanted(staff_file), kit.client)
    assert [each.userid for each in members.with_role(Role.MANAGER)] == ["manyun", "laoqin"]
    assert [each.userid for each in members.agents("logistics")] == ["amei"]
    assert [each.userid for each in members.agents("refund")] == ["amei", "xiaolu"]


def test_managers_are_raised_but_never_lowered(kit: Outfit, staff_file: Path) -> None:
    members = Members(Wanted(staff_file, ("XiaoLu", "laoqin", "boss")), kit.client)
    roles = {each.userid: each.role for each in members.with_role(Role.AGENT)}
    assert roles["xiaolu"] is Role.MANAGER
    assert roles["laoqin"] is Role.ADMIN
    assert roles["boss"] is Role.MANAGER


async def test_without_a_file_everybody_who_sees_the_app_is_an_agent(
    kit: Outfit, wecom: ScriptedWeCom
) -> None:
    wecom.script |= {
        "agent/get": [seen("Boss", parties=(2,))],
        "department/simplelist": [{"errcode": 0, "department_id": [{"id": 2}, {"id": 3}]}],
        "user/simplelist": [people(("AMei", "阿美")), people(("xiaolu", "小鹿"))],
        "user/get": [{"errcode": 0, "userid": "Boss", "name": "老板"}],
    }
    members = Members(Wanted(managers=("boss",)), kit.client)
    assert await members.refresh()
    found = {each.userid: (each.name, each.role) for each in members.with_role(Role.AGENT)}
    assert found == {
        "boss": ("老板", Role.MANAGER),
        "amei": ("阿美", Role.AGENT),
        "xiaolu": ("小鹿", Role.AGENT),
    }
    assert await members.refresh()
    assert wecom.paths().count("user/get") == 1


async def test_a_failed_refresh_keeps_who_is_known(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script |= {
        "agent/get": [seen("amei"), refusal(48002)],
        "user/get": [refusal(60011)],
    }
    members = Members(Wanted(), kit.client)
    assert await members.refresh()
    assert not await members.refresh()
    assert members.find("amei") == Staff("amei", "amei", Role.AGENT)


async def test_a_member_who_left_the_range_is_a_stranger(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script["agent/get"] = [seen("amei", "xiaolu"), seen("amei")]
    members = Members(Wanted(), kit.client)
    await members.refresh()
    await members.refresh()
    assert members.find("xiaolu") is None


async def test_a_new_member_who_writes_is_looked_up_once(kit: Outfit, wecom: ScriptedWeCom) -> None:
    wecom.script["user/get"] = [{"errcode": 0, "name": "新来的"}, refusal(60111)]
    members = Members(Wanted(), kit.client)
    assert await members.admit("NewOne") == Staff("newone", "新来的", Role.AGENT)
    assert await members.admit("newone") == Staff("newone", "新来的", Role.AGENT)
    assert wecom.paths().count("user/get") == 1
    assert await members.admit("nobody") is None


@pytest.mark.parametrize("answer", [refusal(60011), refusal(48002), refusal(40058), Status(404)])
async def test_who_writes_is_let_in_when_their_name_is_not_told(
    kit: Outfit, wecom: ScriptedWeCom, answer: Step
) -> None:
    wecom.script["user/get"] = [answer]
    members = Members(Wanted(), kit.client)
    assert await members.admit("NewOne") == Staff("newone", "newone", Role.AGENT)


async def test_without_an_app_nobody_is_asked(kit: Outfit, wecom: ScriptedWeCom) -> None:
    await Members(Wanted(wecom_agent_id=0), kit.client).keep_fresh()
    assert wecom.asked == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("staff: {}", "staff"),
        ("[]", "staff"),
        ("staff: [{name: 阿美}]", "staff[0].userid"),
        ("staff: [{userid: amei, role: boss}]", "staff[0].role"),
        ("staff: [{userid: amei, skills: logistics}]", "staff[0].skills"),
        ("staff: [{userid: amei}, {userid: AMei}]", "staff[1].userid"),
        ("staff: [amei]", "staff[0]"),
        ("staff: [", "YAML"),
    ],
)
def test_a_wrong_file_names_the_place(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "staff.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadStaffFile) as caught:
        load_staff(path)
    assert where in caught.value.say


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadStaffFile, match=r"nobody\.yml"):
        load_staff(tmp_path / "nobody.yml")
