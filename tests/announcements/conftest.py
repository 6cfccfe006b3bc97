"""Stores of both kinds for all tests of announcements."""

from tests.support.store import any_store, postgres_server, postgres_store, postgres_url, store

__all__ = ["any_store", "postgres_server", "postgres_store", "postgres_url", "store"]
