# EXPECT: not gradable 0
# Attacks the clock of its neighbours: eight threads compute for ever, and nobody listens.
import threading


def spin():
    while True:
        pass


for _ in range(8):
    threading.Thread(target=spin).start()
