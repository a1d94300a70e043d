"""The stage of this lecture's demos: ../speaking.py, sockets that print their calls."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, connected, heading, pair, shown, tell

__all__ = ["Speaking", "arrived", "connected", "heading", "pair", "shown", "tell"]
