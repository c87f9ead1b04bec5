"""An optional language model: asked second, told nothing private, believed only within limits."""
