"""The fake Kuaishou: the gateway and its token office over the seeded merchant."""
