"""What the merchant has written about products, and who else may be asked about them."""
