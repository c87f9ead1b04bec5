"""WeCom's servers, as far as a merchant's app meets them."""
