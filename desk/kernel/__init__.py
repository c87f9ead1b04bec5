"""The words that every part of the desk speaks: money, time, ids, errors, messages, roles."""
