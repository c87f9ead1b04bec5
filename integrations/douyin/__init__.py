"""Douyin (抖店): shops on Douyin's e-commerce open platform."""
