"""Conferences in the store: entered by staff, registered for by people, with places that cannot be sold twice."""
