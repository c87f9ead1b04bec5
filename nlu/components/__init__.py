"""The parts of the Rasa graph that are ours; `nlu.recipe` makes them known to Rasa."""
