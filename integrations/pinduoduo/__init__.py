"""Pinduoduo (拼多多): shops on its open platform POP."""
