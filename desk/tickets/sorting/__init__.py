"""How tickets are sorted: by tags, by how much they hurry, by who watches and who takes them."""
