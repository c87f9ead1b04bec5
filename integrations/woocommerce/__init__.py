"""WooCommerce: a merchant's own shop on WordPress (独立站)."""
