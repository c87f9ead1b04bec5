"""你是机器人吗: the truth, and a person one tap away."""

from actions.asking import to_person
from actions.small_talk import courtesy

action = courtesy("bot_challenge", "small_talk.bot", menu=(to_person(),))
