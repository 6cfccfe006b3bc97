"""Partnerships' cases in the store: reading them for a turn, changing them under their rights, telling the others."""
