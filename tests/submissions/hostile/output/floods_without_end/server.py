# EXPECT: not gradable 0
# Attacks the disk, or the memory, that takes the output: it prints until somebody stops it, and never listens.
LINE = "all work and no play makes jack a dull boy " * 200

while True:
    try:
        print(LINE)
    except OSError:
        pass
