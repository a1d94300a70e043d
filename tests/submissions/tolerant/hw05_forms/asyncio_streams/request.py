# server.py reads requests itself.
