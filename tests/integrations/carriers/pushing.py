"""Pushes as the trackers send them, signed here by hand."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from integrations.carriers.catalog import read_trackers
from integrations.carriers.kuaidi100.signing import salt_of
from integrations.platform import PushRequest

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
KUAIDI100, KDNIAO = read_trackers(
    [
        {
            "id": "kd100",
            "platform": "kuaidi100",
            "credentials": {"customer": "C1", "key": "k1"},
        },
        {
            "id": "kdn",
            "platform": "kdniao",
            "credentials": {"ebusiness_id": "1850271", "api_key": "k2"},
        },
    ]
)
MOVING = {
    "status": "polling",
    "message": "",
    "autoCheck": "0",
    "comOld": "",
    "comNew": "",
    "lastResult": {
        "nu": "YT7489920153386",
        "com": "yuantong",
        "ischeck": "0",
        "state": "1002",
        "data": [
            {"ftime": "2026-11-22 09:00:00", "time": "2026-11-22 09:00:00", "context": "上海"},
            {"ftime": "2026-11-21 09:00:00", "time": "2026-11-21 09:00:00", "context": "嘉兴"},
        ],
    },
}
SIGNED_FOR = {
    "EBusinessID": "1850271",
    "PushTime": "2026-11-22 10:30:00",
    "Count": "2",
    "Data": [
        {
            "LogisticCode": "YT7489920153386",
            "ShipperCode": "YTO",
            "Success": True,
            "State": "3",
            "StateEx": "301",
            "Traces": [
                {"AcceptTime": "2026-11-21 09:00:00", "AcceptStation": "嘉兴"},
                {"AcceptTime": "2026-11-22 09:00:00", "AcceptStation": "已签收"},
            ],
        },
        {
            "LogisticCode": "462880173355190",
            "ShipperCode": "YD",
            "Success": False,
            "Reason": "三天无轨迹",
            "State": "0",
            "Traces": [],
        },
    ],
}


def request(body: bytes, **query: str) -> PushRequest:
    """A POST as it came."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return PushRequest("POST", query, kind, body)


def md5(text: str) -> str:
    """Lower-case hex."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def kuaidi100_body(said: object, number: str = "YT7489920153386", secret: str = "k1") -> bytes:
    """A push of 快递100, signed with the salt that the subscription got."""
    param = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    sign = md5(param + salt_of(number, secret)).upper()
    return urlencode({"param": param, "sign": sign}).encode()


def kdniao_body(said: object, key: str = "k2", kind: str = "102") -> bytes:
    """A push of 快递鸟."""
    data = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    sign = base64.b64encode(md5(data + key).encode()).decode()
    return urlencode({"RequestData": data, "RequestType": kind, "DataSign": sign}).encode()
