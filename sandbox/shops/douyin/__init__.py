"""The fake Douyin gateway: signed bodies, sub codes, tokens that rotate, pushes in arrays."""
