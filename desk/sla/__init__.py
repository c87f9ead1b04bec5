"""SLA: how soon the house answers, what time counts, and who hears when it gets late."""
