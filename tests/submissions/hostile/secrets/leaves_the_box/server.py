# EXPECT: graded 100
# Attacks the border of the box: it serves only if it is not root, and can neither mount, nor trace, nor leave its namespaces.
import ctypes
import os
import socket
import sys

CLONE_NEWUSER, CLONE_NEWNET, PTRACE_TRACEME, MS_BIND = 0x10000000, 0x40000000, 0, 4096


def escapes():
    libc = ctypes.CDLL(None)
    if os.getuid() == 0 or os.geteuid() == 0:
        yield "root"
    if libc.unshare(CLONE_NEWUSER) == 0:
        yield "unshare(CLONE_NEWUSER)"
    if libc.unshare(CLONE_NEWNET) == 0:
        yield "unshare(CLONE_NEWNET)"
    if libc.mount(b"/usr", b"/tmp", None, MS_BIND, None) == 0:
        yield "mount"
    if libc.ptrace(PTRACE_TRACEME, 0, None, None) == 0:
        yield "ptrace"
    for path in ("/usr/escaped", "/etc/escaped", "/escaped", "/dev/escaped"):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        except OSError:
            continue
        os.unlink(path)
        yield path


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    found = list(escapes()) if os.getpid() < 10 else ["the host"]  # elsewhere these would do harm
    if found:
        sys.exit(f"I have escaped: {', '.join(found)}")
    serve(sys.argv[1], int(sys.argv[2]))
