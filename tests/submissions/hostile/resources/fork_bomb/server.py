# EXPECT: not gradable 0
# Attacks the machine's processes: every child forks children, all compute, and none listens.
import os
import signal

for _ in range(8):  # 256 of them, for half a minute: bounded, for whoever runs this by mistake
    try:
        os.fork()
    except OSError:
        pass
signal.alarm(30)
while True:
    pass
