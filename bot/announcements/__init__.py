"""Announcements: one row per person, sent in slots of one shared rate, in every person's language, once."""
