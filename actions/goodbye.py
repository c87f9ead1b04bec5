"""再见."""

from actions.small_talk import courtesy

action = courtesy("goodbye", "small_talk.goodbye")
