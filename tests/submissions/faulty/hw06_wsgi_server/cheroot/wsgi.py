# Nothing: what stands here in other programs is in cheroot.
