"""谢谢."""

from actions.small_talk import courtesy

action = courtesy("thank", "small_talk.thank")
