"""The seeded merchant 小满母婴: its goods, buyers, orders and staff, as data and a typed reader."""
