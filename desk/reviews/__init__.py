"""Reviews (复核): answers of the bot that a person looks at again."""
