# EXPECT: graded 7
# Attacks whoever takes silence for success: the process ends, with status 0, before anything is said.
import os


def app(environ, start_response):
    os._exit(0)
