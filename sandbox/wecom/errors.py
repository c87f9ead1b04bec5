"""WeCom's global error codes as this fake answers them (WeCom doc 90313)."""

from sandbox.jsontext import JsonObject

OK: JsonObject = {"errcode": 0, "errmsg": "ok"}

MESSAGES = {
    -1: "system busy",
    40001: "invalid credential",
    40004: "invalid media type",
    40005: "invalid file type",
    40007: "invalid media_id",
    40008: "invalid message type",
    40009: "invalid image size",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40025: "invalid sub button name size",
    40032: "invalid userid list size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40056: "invalid agentid",
    40058: "Invalid parameter",
    40063: "some parameters are empty",
    40091: "invalid secret",
    40096: "invalid external userid",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "secret missing",
    41006: "media_id missing",
    41009: "userid missing",
    41010: "url missing",
    41011: "agentid missing",
    41016: "title missing",
    41033: "description missing",
    41035: "missing external userid",
    41050: "invalid welcome code",
    42001: "access_token expired",
    42014: "invalid task_id",
    42027: "Template_Card.horizontal_content_list.keyname missing",
    42028: "Template_Card missing url",
    42030: "Template_Card missing appid",
    42031: "Template_Card.card_type invalid",
    42033: "Template_Card missing title",
    42035: "Template_Card.horizontal_content_list invalid size",
    42037: "Template_Card.option_list invalid size",
    42038: "Template_Card.button_list.text missing or invalid",
    42039: "Template_Card.button_list.key missing or invalid",
    42040: "Template_Card.option_list.id missing or invalid",
    42041: "Template_Card.option_list.text missing or invalid",
    42042: "Template_Card.jump_list invalid size",
    42043: "Template_Card.question_key missing or invalid",
    42045: "Template_Card.card_action missing or invalid",
    42046: "Template_Card.submit_button.key missing or invalid",
    42047: "Template_Card.select_list invalid size",
    42049: "Template_Card.submit_button.text missing or invalid",
    42050: "Template_Card.horizontal_content_list.userid missing or invalid",
    42051: "Template_Card.action_menu.action_list.key conflict",
    42052: "msgid expired",
    44001: "empty media data",
    44004: "empty content",
    45001: "media size out of limit",
    45002: "content size out of limit",
    45008: "article size out of limit",
    45009: "api freq out of limit",
    46003: "menu no exist",
    50100: "invalid cursor",
    60003: "department not found",
    60111: "userid not found",
    60140: "invalid response_code",
    81013: "user & party & tag all invalid",
    82001: "touser & toparty & totag are all empty",
    93000: "invalid webhook url, hint: wrong key or the robot was removed",
    95000: "invalid open_kfid",
    95001: "send msg count limit",
    95002: "send msg out of 48 hours since the customer's last message",
    95004: "open_kfid not exist",
    95007: "invalid msg token",
    95008: "msgmenu invalid: item count out of limit",
    95009: "msgmenu invalid: item or type invalid",
    95013: "session ended",
    95014: "user is not a servicer",
    95016: "not allowed session status transition",
    95018: "send msg session status invalid",
    95019: "servicer stopped receiving",
    301002: "token and agentid mismatch",
    301019: "md5 mismatch",
}


class ApiError(Exception):
    """A refusal in WeCom's words: HTTP 200 with an errcode."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        self.errcode = errcode
        message = MESSAGES.get(errcode, "error")
        self.errmsg = f"{message}, {detail}" if detail else message
        super().__init__(self.errmsg)

    def body(self, hint: str) -> JsonObject:
        """The answer's JSON with the hint that WeCom's support asks for."""
        return {"errcode": self.errcode, "errmsg": f"{self.errmsg}, hint: [{hint}]"}
