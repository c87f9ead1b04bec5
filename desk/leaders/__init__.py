"""Group leaders (团长): customers who order for their neighbours."""
