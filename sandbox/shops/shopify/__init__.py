"""The fake Shopify: the Admin API in GraphQL, with scopes, points and signed webhooks."""
