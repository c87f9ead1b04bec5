"""The fake TOP gateway of Taobao and Tmall: signatures, wrapper levels, its own error shape."""
