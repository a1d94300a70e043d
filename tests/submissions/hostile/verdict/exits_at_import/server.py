# EXPECT: not gradable 0
# Attacks a verdict that is an exit status: it ends with 0 before anything is asked of it.
import os

os._exit(0)
