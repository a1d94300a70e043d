# EXPECT: not gradable 0
# Attacks whoever keeps the whole output: an exception of 32 MiB, in one line.
raise ValueError("x" * (32 << 20))
