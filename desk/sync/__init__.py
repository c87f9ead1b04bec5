"""The book of orders and stock: filled by pushes, by pulls where pushes got lost, and checked."""
