"""What is asked of Shopify; first: so many, that no question costs 1,000 points or more."""

_MONEY = "shopMoney { amount currencyCode }"
_LINES = f"""
lineItems(first: 50, after: $after) {{
  nodes {{
    title quantity unfulfilledQuantity
    product {{ id }} variant {{ id selectedOptions {{ name value }} }}
    originalTotalSet {{ {_MONEY} }}
    discountAllocations {{ allocatedAmountSet {{ {_MONEY} }} }}
  }}
  pageInfo {{ hasNextPage endCursor }}
}}"""

SHOP = "query { shop { currencyCode } }"

ITEMS = """query ($after: String) {
  products(first: 100, after: $after, query: "status:active") {
    nodes {
      id title onlineStoreUrl
      priceRangeV2 {
        minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""

STOCK = """query ($id: ID!, $after: String) {
  shop { currencyCode }
  product(id: $id) {
    status
    variants(first: 25, after: $after) {
      nodes {
        id price inventoryQuantity selectedOptions { name value }
        inventoryItem {
          tracked
          inventoryLevels(first: 8) {
            nodes { location { id name } quantities(names: ["available"]) { name quantity } }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""

ORDERS = """query ($query: String!, $after: String) {
  orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { id name updatedAt createdAt }
    pageInfo { hasNextPage endCursor }
  }
}"""

ORDER = f"""query ($id: ID!, $after: String) {{
  order(id: $id) {{
    id name createdAt updatedAt cancelledAt tags test
    displayFinancialStatus displayFulfillmentStatus
    totalPriceSet {{ {_MONEY} }}
    customer {{ id }} shippingAddress {{ phone }}
    transactions(first: 20) {{ kind status processedAt }}
    fulfillments(first: 20) {{
      status displayStatus createdAt trackingInfo(first: 5) {{ company number }}
    }}
    refunds(first: 20) {{
      id createdAt updatedAt
      transactions(first: 5) {{ nodes {{ kind status amountSet {{ {_MONEY} }} }} }}
    }}
    {_LINES}
  }}
}}"""

LINES = f"query ($id: ID!, $after: String) {{ order(id: $id) {{ {_LINES} }} }}"
