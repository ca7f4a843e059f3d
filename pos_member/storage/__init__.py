"""Two SQLite files: ``terminal.db``, what this till made, and ``replica.db``, head office's state as last received."""
