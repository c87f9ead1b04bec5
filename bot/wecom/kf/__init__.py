"""微信客服: what customers write, and how they are answered."""
