"""The fake WooCommerce: its REST API on plain http, so every request is signed."""
