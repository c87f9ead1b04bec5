"""Taobao and Tmall (淘宝、天猫): shops on Alibaba's open platform TOP."""
