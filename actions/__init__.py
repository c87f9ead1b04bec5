"""What the shopkeeper does about each intent; one small file each."""
