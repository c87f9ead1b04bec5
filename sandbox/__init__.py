"""A strict loopback world for the bot: a fake WeCom, fake shops, and a chat page with three seats."""
