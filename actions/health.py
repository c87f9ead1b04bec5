"""Questions of health, that only a doctor may answer: nobody of ours guesses."""

import re

_HEALTH = re.compile(
    r"发烧|发热|咳嗽|拉肚子|腹泻|过敏|吃什么药|用药|湿疹|看医生|医院|症状|疫苗|孕妇|怀孕|哺乳期|早产|黄疸|"
    r"副作用|能不能治|治疗|激素|中毒|误食"
)


def is_medical(text: str) -> bool:
    """Tell whether a text speaks of health or medicine."""
    return bool(_HEALTH.search(text))
