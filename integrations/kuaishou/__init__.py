"""Kuaishou (快手小店): shops on the open platform of Kuaishou's e-commerce."""
