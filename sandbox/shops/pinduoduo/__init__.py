"""The fake Pinduoduo: one address for all calls, answers under odd names, messages by socket."""
