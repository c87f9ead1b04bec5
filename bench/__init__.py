"""Load on the whole house, measured from outside; speaks HTTP only."""
