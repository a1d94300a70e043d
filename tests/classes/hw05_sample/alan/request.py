"""Nothing: server.py reads requests."""
