"""What customers write for a product, and what is meant; over two catalogues."""
