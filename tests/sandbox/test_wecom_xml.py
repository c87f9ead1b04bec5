"""The XML of callbacks out and passive replies in."""

import pytest

from sandbox.wecom.callback_xml import ReplyBroken, parse_reply, render


def test_text_cannot_break_out_of_its_cdata() -> None:
    shown = render((("Content", "a]]>b"), ("N", 7)))
    assert shown == "<xml><Content><![CDATA[a]]]]><![CDATA[>b]]></Content><N>7</N></xml>"


def test_a_card_in_a_passive_reply_is_read_with_its_lists() -> None:
    reply = parse_reply(
        b"<xml><MsgType>update_template_card</MsgType><TemplateCard>"
        b"<CardType>button_interaction</CardType><MainTitle><Title>A</Title></MainTitle>"
        b"<ButtonList><Text>B</Text><Style>2</Style><Key>7</Key></ButtonList>"
        b"<HorizontalContentList><KeyName>C</KeyName><Value>D</Value></HorizontalContentList>"
        b"<ReplaceText>E</ReplaceText></TemplateCard></xml>"
    )
    assert reply.kind == "update_template_card"
    assert reply.card == {
        "card_type": "button_interaction",
        "main_title": {"title": "A"},
        "button_list": [{"text": "B", "style": 2, "key": "7"}],
        "horizontal_content_list": [{"keyname": "C", "value": "D"}],
        "replace_text": "E",
    }


@pytest.mark.parametrize("document", [b"", b"{}", b"<xml>"])
def test_what_is_no_xml_is_named_so(document: bytes) -> None:
    with pytest.raises(ReplyBroken):
        parse_reply(document)
