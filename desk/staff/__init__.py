"""Staff: who works here, in which role, for which stores, with which skills."""
