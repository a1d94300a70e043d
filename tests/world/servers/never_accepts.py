"""Listens, and accepts nobody."""

import threading

from clients import listener

listening = listener()
threading.Event().wait()
