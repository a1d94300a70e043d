"""The loopback device of a new network namespace: up, with acknowledgements that are not delayed. Linux only.

Linux may hold an acknowledgement back for 40 ms. On loopback that saves nothing, stalls a server that writes twice
before it reads (Nagle's algorithm), and keeps a proof waiting until bytes count as delivered.
"""

import fcntl
import socket
import struct

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
_FLAGS = struct.Struct("16sH22x")  # struct ifreq
_MESSAGE = struct.Struct("=IHHII 8B I")  # nlmsghdr, rtmsg
_LOOPBACK = 1  # the device's index: it is the first one of every namespace
_ROUTES = (("127.0.0.0", 8), ("127.0.0.1", 32))  # those that the kernel has made when the device came up


def raise_loopback() -> None:
    """Brings up the loopback device of this thread's network namespace. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        _, flags = _FLAGS.unpack(fcntl.ioctl(any_socket, _GET_FLAGS, _FLAGS.pack(b"lo", 0)))
        fcntl.ioctl(any_socket, _SET_FLAGS, _FLAGS.pack(b"lo", flags | _UP))
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as channel:
        for address, prefix in _ROUTES:
            channel.send(_quick(address, prefix))
            (error,) = struct.unpack_from("=i", channel.recv(4096), 16)
            if error:
                raise OSError(-error, "the loopback route cannot be changed")


def _quick(address: str, prefix: int) -> bytes:
    """RTM_NEWROUTE, to replace a local route by one with the metric RTAX_QUICKACK."""
    attributes = (
        _attribute(1, socket.inet_aton(address))  # RTA_DST
        + _attribute(4, struct.pack("=I", _LOOPBACK))  # RTA_OIF
        + _attribute(7, socket.inet_aton("127.0.0.1"))  # RTA_PREFSRC
        + _attribute(8, _attribute(15, struct.pack("=I", 1)))  # RTA_METRICS: RTAX_QUICKACK
    )
    replace = 0x505  # NLM_F_REQUEST, NLM_F_ACK, NLM_F_REPLACE, NLM_F_CREATE
    # The table "local", made by the kernel, of scope "host", type "local".
    route = (socket.AF_INET, prefix, 0, 0, 255, 2, 254, 2)
    return _MESSAGE.pack(_MESSAGE.size + len(attributes), 24, replace, 0, 0, *route, 0) + attributes


def _attribute(kind: int, data: bytes) -> bytes:
    """`data` is padded by its nature: all of ours are a multiple of four bytes."""
    return struct.pack("=HH", 4 + len(data), kind) + data
