"""Services that track the parcels of many carriers, one folder each."""
