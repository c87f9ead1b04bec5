"""What a colleague types to a customer in WeCom counts as an answer on their tickets."""
