"""A strict loopback world for the bot: a fake WeCom, fake shops, a chat page with three seats."""
