"""WeChat Store (微信小店, formerly 视频号小店): shops inside WeChat."""
