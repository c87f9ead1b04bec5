"""Makes our components known to Rasa's default recipe.

The registration stands apart from the components because the recipe imports TensorFlow, which
training can bear (4 s, 500 MB) and serving need not: a trained model names the classes themselves.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.components.intents import LinearIntentClassifier
from nlu.components.numbers import NumberExtractor
from nlu.components.spans import SpanExtractor

_Kind = DefaultV1Recipe.ComponentType

DefaultV1Recipe.register(_Kind.ENTITY_EXTRACTOR, is_trainable=False)(NumberExtractor)
DefaultV1Recipe.register(_Kind.ENTITY_EXTRACTOR, is_trainable=True)(SpanExtractor)
DefaultV1Recipe.register(_Kind.INTENT_CLASSIFIER, is_trainable=True)(LinearIntentClassifier)

__all__ = ["LinearIntentClassifier", "NumberExtractor", "SpanExtractor"]
