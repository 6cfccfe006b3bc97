"""What the assistant talks about: dialogues as plain async functions, and the handlers beside them. No I/O."""
