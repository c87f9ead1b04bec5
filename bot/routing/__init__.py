"""The merchant's own words on where tickets go, read from SHOPS_FILE."""
