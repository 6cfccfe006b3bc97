"""The schema's history, applied at start; `HEAD` spares a start without changes the loading of Alembic."""

HEAD = "0010"
