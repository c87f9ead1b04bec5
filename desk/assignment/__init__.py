"""Assignment (派单): who of the staff a ticket is given to, and why."""
