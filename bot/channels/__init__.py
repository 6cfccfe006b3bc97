"""The ways in and out: each folder is one channel, and none knows another."""
