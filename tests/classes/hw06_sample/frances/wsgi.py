# all in server.py
