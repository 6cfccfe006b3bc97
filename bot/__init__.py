"""The running program: channels, store, engine, staff desk, settings, command line."""
