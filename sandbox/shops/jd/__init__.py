"""The fake JD: the gateway JOS and its token office over the seeded merchant."""
