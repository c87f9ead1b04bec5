"""The language understanding of Zhanggui: a Rasa process with its own environment."""
