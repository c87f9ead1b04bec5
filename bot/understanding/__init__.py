"""What messages mean: read in their dialogue, by the NLU process and by rules."""
