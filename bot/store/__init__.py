"""What is kept, and how: tables, migrations, connections. SQLite and PostgreSQL run the same statements."""
