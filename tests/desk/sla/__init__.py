"""Promised times: calendars, deadlines, ladders."""
