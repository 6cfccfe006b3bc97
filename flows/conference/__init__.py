"""Conferences: which one is for whom, registering for it alone or as a pair, and what follows from that."""
