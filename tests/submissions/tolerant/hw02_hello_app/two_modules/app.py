# EXPECT: all pass
# The application is imported from a second file, and a thread of its own greets, one per request.
from greetings import app

__all__ = ["app"]
