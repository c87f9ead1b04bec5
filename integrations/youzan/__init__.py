"""Youzan (有赞): a merchant's own mall on 有赞云."""
