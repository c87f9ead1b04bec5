"""What is asked of Vendure's admin API, in GraphQL."""

ITEMS = """
query ($title: String!, $take: Int!, $skip: Int!) {
  products(options: {filter: {name: {contains: $title}, enabled: {eq: true}},
                     sort: {id: ASC}, take: $take, skip: $skip}) {
    totalItems
    items { id name slug variants { enabled priceWithTax currencyCode } }
  }
}
"""

STOCK = """
query ($id: ID!) {
  globalSettings { trackInventory outOfStockThreshold }
  product(id: $id) {
    enabled
    variants {
      id enabled priceWithTax currencyCode
      trackInventory outOfStockThreshold useGlobalOutOfStockThreshold
      options { name group { name } }
      stockLevels { stockOnHand stockAllocated stockLocation { id name } }
    }
  }
}
"""

_ORDER = """
fragment OrderParts on Order {
  id code state createdAt orderPlacedAt updatedAt currencyCode totalWithTax couponCodes
  customer { id }
  shippingAddress { phoneNumber }
  lines {
    quantity orderPlacedQuantity unitPriceWithTax proratedLinePriceWithTax
    productVariant { id product { id name } options { name group { name } } }
    fulfillmentLines { quantity fulfillment { state } }
  }
  payments { state amount refunds { id state total createdAt updatedAt } }
  fulfillments { id state method trackingCode }
  history(options: {filter: {type: {in: ["ORDER_STATE_TRANSITION", "ORDER_PAYMENT_TRANSITION",
      "ORDER_FULFILLMENT_TRANSITION", "ORDER_REFUND_TRANSITION"]}}}) {
    items { type createdAt data }
  }
}
"""

ORDERS = (
    """
query ($filter: OrderFilterParameter!, $take: Int!) {
  orders(options: {filter: $filter, take: $take}) { items { ...OrderParts } }
}
"""
    + _ORDER
)

ORDERS_OF = (
    """
query ($customer: ID!, $take: Int!, $skip: Int!) {
  customer(id: $customer) {
    orders(options: {filter: {state: {notIn: ["Created", "Draft", "AddingItems"]}},
                     sort: {id: DESC}, take: $take, skip: $skip}) {
      totalItems items { ...OrderParts }
    }
  }
}
"""
    + _ORDER
)

MOVES = """
query ($filter: OrderFilterParameter!, $take: Int!, $skip: Int!) {
  orders(options: {filter: $filter, sort: {createdAt: ASC, id: ASC}, take: $take, skip: $skip}) {
    items {
      id createdAt updatedAt
      payments { refunds { createdAt updatedAt } }
      history(options: {sort: {createdAt: DESC}, take: 1}) { items { createdAt } }
    }
  }
}
"""
"""Enough of many orders to see which of them moved."""

COUPONS_OF = """
query ($customer: ID!, $take: Int!, $skip: Int!) {
  customer(id: $customer) {
    orders(options: {filter: {orderPlacedAt: {isNull: false}, state: {notEq: "Cancelled"}},
                     sort: {id: DESC}, take: $take, skip: $skip}) {
      totalItems items { promotions { id couponCode } }
    }
  }
}
"""

MEMBER = "query ($customer: ID!) { customer(id: $customer) { groups { name } } }"

WHOSE = "{ activeChannel { id } }"
"""Anybody who is known at all may ask this; `me` is for sessions only."""

LOGIN = """
mutation ($username: String!, $password: String!) {
  login(username: $username, password: $password) {
    __typename ... on ErrorResult { errorCode message }
  }
}
"""
