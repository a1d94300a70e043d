# Nothing: all of it is in server.py.
