"""A caller of the fake JD that signs by hand, so that the fake is not its own judge."""

import json

from sandbox.shops.jd.credentials import Credentials
from tests.sandbox.shops_world import World, at, beijing, md5_hex

KEYS = Credentials()


def form_of(world: World, method: str, params: object = None, /, **changed: str) -> dict[str, str]:
    """A signed form; `changed` replaces common parameters before it is signed."""
    form = {
        "method": method,
        "app_key": KEYS.app_key,
        "access_token": KEYS.access_token,
        "timestamp": beijing(world.clock.now()),
        "v": "2.0",
        "360buy_param_json": json.dumps({} if params is None else params, ensure_ascii=False),
        **changed,
    }
    return form | {"sign": sign_of(form)}


def sign_of(form: dict[str, str]) -> str:
    """MD5 over secret, sorted pairs, secret; upper hex."""
    pairs = "".join(f"{key}{form[key]}" for key in sorted(form) if key != "sign")
    return md5_hex(f"{KEYS.app_secret}{pairs}{KEYS.app_secret}").upper()


async def send(world: World, form: dict[str, str]) -> object:
    """POST a form as it is."""
    async with world.client.post("/jd/routerjson", data=form) as response:
        assert response.status == 200
        answer: object = await response.json()
        return answer


async def ask(world: World, method: str, params: object) -> object:
    """Ask with a right form; what is inside the wrapper."""
    answer = await send(world, form_of(world, method, params))
    return at(answer, f"{method.replace('.', '_')}_responce")


def code(answer: object) -> object:
    """The code of a refusal of the gateway."""
    return at(answer, "error_response", "code")


async def refused(world: World, method: str, params: object) -> object:
    """Ask, and return the code that the gateway refuses with."""
    return code(await send(world, form_of(world, method, params)))
