"""What WeCom's errcodes mean for us, and what an operator is to do (doc 90313)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What to do about an errcode."""

    RETRY = "retry"
    """Not done, and will work in a moment."""
    RATE = "rate"
    """Not done; the path is closed to us for a minute."""
    TOKEN = "token"  # noqa: S105  a kind of errcode, no secret
    """The access_token is not taken any more."""
    CONFIG = "config"
    """A person must change something in the console or the settings."""
    SESSION = "session"
    """A person holds the KF session, or it has ended."""
    BUDGET = "budget"
    """Five messages since the customer's last one."""
    WINDOW = "window"
    """48 hours since the customer's last message."""
    CODE = "code"
    """A one-time code is used or expired."""
    SERVICER = "servicer"
    """This servicer cannot take the session; another one may."""
    TARGET = "target"
    """There is no such person, or nobody that we may reach."""
    TOO_LONG = "too_long"
    """Something has more bytes than WeCom takes."""
    KNOCK = "knock"
    """The doorbell's token is too old; it works without."""
    REQUEST = "request"
    """We asked for something wrong: a bug of ours."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """An errcode's kind and the operator's sentence; `{ip}` is the address WeCom saw."""

    kind: Kind
    advice: str = ""


_CONSOLE = "企业微信管理后台"
_APIS = f"{_CONSOLE} → 微信客服 → 可调用接口的应用"

MEANINGS: dict[int, Meaning] = {
    -1: Meaning(Kind.RETRY, "企业微信系统繁忙，稍后会自动重试"),
    6000: Meaning(Kind.RETRY, "数据版本冲突，稍后会自动重试"),
    45033: Meaning(Kind.RETRY, "接口并发过高，稍后会自动重试"),
    45009: Meaning(Kind.RATE, "接口调用超过频率限制，已暂停，稍后会自动重试"),
    40001: Meaning(Kind.CONFIG, "应用 Secret 不对或应用已停用，请核对 WECOM_SECRET"),
    40013: Meaning(Kind.CONFIG, "企业 ID 不对，请核对 WECOM_CORP_ID（管理后台 → 我的企业）"),
    40091: Meaning(Kind.CONFIG, "应用 Secret 不对，请在应用详情页重新获取并更新 WECOM_SECRET"),
    41002: Meaning(Kind.CONFIG, "没有填写企业 ID，请设置 WECOM_CORP_ID"),
    41004: Meaning(Kind.CONFIG, "没有填写应用 Secret，请设置 WECOM_SECRET"),
    40014: Meaning(Kind.TOKEN, "access_token 已失效，会自动重新获取"),
    42001: Meaning(Kind.TOKEN, "access_token 已过期，会自动重新获取"),
    40056: Meaning(Kind.CONFIG, "应用 ID 不对，请核对 WECOM_AGENT_ID"),
    301002: Meaning(Kind.CONFIG, "WECOM_AGENT_ID 与 WECOM_SECRET 不是同一个应用，请一起核对"),
    43012: Meaning(Kind.CONFIG, "应用没有配置回调地址，请在应用详情 → 接收消息 里设置"),
    48002: Meaning(Kind.CONFIG, f"应用没有调用这个接口的权限，请到{_APIS} 里加入本应用"),
    48006: Meaning(Kind.CONFIG, "应用因长期不活跃被收回接口权限，请到管理后台重新启用"),
    48007: Meaning(Kind.CONFIG, f"这个客服账号没有授权给本应用，请到{_APIS} 里勾选该账号"),
    50003: Meaning(Kind.CONFIG, f"应用已停用，请到{_CONSOLE} → 应用管理 里启用"),
    60011: Meaning(Kind.CONFIG, "应用无权访问该成员或部门，请检查应用的可见范围"),
    60020: Meaning(Kind.CONFIG, "请把服务器 IP {ip} 加入应用的「企业可信IP」后重试"),
    95003: Meaning(Kind.CONFIG, "企业未认证，客服人数已到上限，请完成企业认证"),
    95011: Meaning(Kind.CONFIG, "该客服账号在另一个微信客服后台管理，请改为在企业微信内管理"),
    95012: Meaning(Kind.CONFIG, "该客服账号在另一个微信客服后台管理，请改为在企业微信内管理"),
    95017: Meaning(Kind.CONFIG, "微信客服的 API 开关没有打开，请把该账号设为「通过API管理」"),
    95001: Meaning(Kind.BUDGET, "已发满 5 条，需等客户再次发言"),
    95002: Meaning(Kind.WINDOW, "客户超过 48 小时没有发言，不能主动发送"),
    95031: Meaning(Kind.WINDOW, "客户超过 48 小时没有发言，不能主动发送"),
    95013: Meaning(Kind.SESSION, "会话已结束，需等客户再次发言"),
    95016: Meaning(Kind.SESSION, "会话当前的状态不允许这样转接"),
    95018: Meaning(Kind.SESSION, "会话不在机器人手里（人工接待、排队或已结束），机器人不发言"),
    95014: Meaning(Kind.SERVICER, "该成员不是这个客服账号的接待人员"),
    95019: Meaning(Kind.SERVICER, "该接待人员已停止接待"),
    95007: Meaning(Kind.KNOCK, "回调里的 token 已过期，会改为直接拉取"),
    41050: Meaning(Kind.CODE, "欢迎语 code 已用过或过期"),
    41051: Meaning(Kind.CODE, "客户已开始聊天，欢迎语不再发送"),
    60140: Meaning(Kind.CODE, "卡片的 response_code 已用过或过期"),
    40003: Meaning(Kind.TARGET, "成员不存在"),
    40031: Meaning(Kind.TARGET, "成员列表不合法"),
    40032: Meaning(Kind.TARGET, "成员列表为空或太长"),
    40096: Meaning(Kind.TARGET, "客户 ID 不合法"),
    46004: Meaning(Kind.TARGET, "成员不存在"),
    60021: Meaning(Kind.TARGET, "成员不在应用可见范围内"),
    60111: Meaning(Kind.TARGET, "成员不存在或不在应用可见范围内"),
    81013: Meaning(Kind.TARGET, "收件人都不在应用可见范围内，请检查可见范围和成员账号"),
    82001: Meaning(Kind.TARGET, "没有收件人"),
    84061: Meaning(Kind.TARGET, "与该客户没有联系人关系"),
    95000: Meaning(Kind.TARGET, "客服账号 ID 不合法"),
    95004: Meaning(Kind.TARGET, "客服账号不存在"),
    45002: Meaning(Kind.TOO_LONG, "内容太长"),
}
_UNKNOWN = Meaning(Kind.REQUEST, "企业微信拒绝了这个请求，请凭 hint 查询错误原因")


def meaning_of(errcode: int) -> Meaning:
    """The meaning of an errcode; one that is not listed counts as a bug of ours."""
    return MEANINGS.get(errcode, _UNKNOWN)
