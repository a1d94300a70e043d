"""The TCP sockets of a network, as the kernel tells them (sock_diag(7)). Linux only: import it late.

A dump of a small network costs 0.02-0.05 ms and touches nobody.
"""

import socket
import struct
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT1, FIN_WAIT2, TIME_WAIT = 1, 2, 3, 4, 5, 6
CLOSE_WAIT, LAST_ACK, LISTEN, CLOSING, NEW_SYN_RECV = 8, 9, 10, 11, 12

# All but TIME_WAIT, of which there can be thousands that mean nothing to anybody, and BOUND_INACTIVE: to look for
# sockets that are merely bound costs ten times the rest.
_ALL = ((1 << 13) - 1) & ~(1 << TIME_WAIT)
_DUMP = struct.Struct("=IHHII BBBBI 48x")  # nlmsghdr, inet_diag_req_v2
_ROW = struct.Struct("=BBBx 2s2s16s16s 16x IIII")  # inet_diag_msg
_INFO, _MEMORY, _V6ONLY = 2, 7, 11  # the attributes INET_DIAG_INFO, INET_DIAG_SKMEMINFO, INET_DIAG_SKV6ONLY
_WANTED = 1 << (_INFO - 1) | 1 << (_MEMORY - 1)
_PROBING = (
    4  # the timer that runs when nothing is on its way, and the window is too small for what comes next
)
_MAPPED = bytes(10) + b"\xff\xff"  # ::ffff:0:0/96: an IPv4 address on an IPv6 socket
_SLACK = 1 << 16  # what a kernel may free at most with the last byte of a segment

End = tuple[bytes, int]  # packed address (4 or 16 bytes), port


@dataclass(frozen=True, slots=True)
class Row:
    """One socket. Sizes are in bytes."""

    state: int
    local: End
    remote: End
    unread: int  # received and not read; for LISTEN: connections that wait to be accepted
    unacknowledged: int  # written and not acknowledged
    inode: int  # 0: it belongs to no descriptor
    sent: int = 0  # what has travelled, each byte counted once
    received: int = 0  # what has arrived; an end of stream counts as a byte
    held: int = 0  # written and not sent yet
    probing: bool = False  # nothing is on its way, and what is held does not fit into the window
    window_closed: bool = False  # the other side takes no more
    room: int = 0  # what it may still take, at most
    send_buffer: int = 0  # the memory that it may use to hold what was written …
    queued: int = 0  # … and that it uses
    v6only: bool = False
    complete: bool = True  # a connection of which the sizes above are known

    def text(self) -> str:
        """The local end: "127.0.0.1:8000", "[::1]:8000"."""
        address, port = self.local
        if len(address) == 4:
            return f"{socket.inet_ntop(socket.AF_INET, address)}:{port}"
        return f"[{socket.inet_ntop(socket.AF_INET6, address)}]:{port}"

    def writable_after(self, size: int) -> bool:
        """Whether a writer would be woken if `size` more bytes left the buffer (sk_stream_is_writeable)."""
        still = self.queued - 2 * size - _SLACK
        return self.send_buffer - still >= still // 2

    def reached_at(self, host: str, port: int) -> bool:
        """Whether a client that connects to `host` (IPv4), `port` gets to this listening socket."""
        address, own = self.local
        everywhere = not any(address) and not self.v6only
        return self.state == LISTEN and own == port and (everywhere or address == socket.inet_aton(host))


@dataclass(slots=True)
class Table:
    """The sockets of the network namespace in which it is made. Raises OSError where the kernel has no sock_diag."""

    _channel: socket.socket = field(
        default_factory=lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 4)
    )

    def rows(self, state: int | None = None) -> list[Row]:
        """Every TCP socket that is connected or listens, or those in one state."""
        states = _ALL if state is None else 1 << state
        return [row for family in (socket.AF_INET, socket.AF_INET6) for row in self._dump(family, states)]

    def close(self) -> None:
        """Lets go of the kernel."""
        self._channel.close()

    def _dump(self, family: int, states: int) -> list[Row]:
        # SOCK_DIAG_BY_FAMILY as a request for a dump, of TCP, with struct tcp_info.
        self._channel.send(_DUMP.pack(_DUMP.size, 20, 0x301, 0, 0, family, 6, _WANTED, 0, states))
        rows: list[Row] = []
        while True:
            data, offset = self._channel.recv(1 << 17), 0
            while offset < len(data):
                length, kind = struct.unpack_from("=IH", data, offset)
                if kind == 3:  # NLMSG_DONE
                    return rows
                if kind == 2:  # NLMSG_ERROR
                    raise OSError(-struct.unpack_from("=i", data, offset + 16)[0], "sock_diag refuses")
                rows.append(_row(data[offset + 16 : offset + length]))
                offset += (length + 3) & ~3


def _row(data: bytes) -> Row:
    values = _ROW.unpack_from(data)
    family, state, timer, local_port, remote_port, local, remote, unread, unacknowledged, _, inode = values
    attributes = _attributes(data[72:])
    row = Row(
        state,
        _end(family, local, local_port),
        _end(family, remote, remote_port),
        unread,
        unacknowledged,
        inode,
        v6only=any(attributes.get(_V6ONLY, b"")),
        complete=False,
    )
    info, memory = attributes.get(_INFO, b""), attributes.get(_MEMORY, b"")
    # A connection that nobody holds any more, and that waits for the other side's end alone, has no sizes either.
    if state in (LISTEN, TIME_WAIT) or not info:
        return row
    if len(info) < 216 or len(memory) < 24:
        raise OSError("sock_diag tells too little: Linux is older than 4.19")
    received, held = struct.unpack_from("=Q8xI", info, 128)  # tcpi_bytes_received, tcpi_notsent_bytes
    all_sent, again = struct.unpack_from("=QQ", info, 200)  # tcpi_bytes_sent, tcpi_bytes_retrans
    used, receive_buffer, _, send_buffer, _, queued = struct.unpack_from("=6I", memory)
    return replace(
        row,
        sent=all_sent - again,
        received=received,
        held=held,
        probing=timer == _PROBING,
        # tcpi_snd_wnd came with Linux 5.4; before that a closed window is not known as such.
        window_closed=timer == _PROBING and info[228:232] == bytes(4),
        room=max(0, receive_buffer - used),
        send_buffer=send_buffer,
        queued=queued,
        complete=True,
    )


def _attributes(data: bytes) -> dict[int, bytes]:
    found, offset = {}, 0
    while offset + 4 <= len(data):
        length, kind = struct.unpack_from("=HH", data, offset)
        found[kind] = data[offset + 4 : offset + length]
        offset += max(4, (length + 3) & ~3)
    return found


def _end(family: int, address: bytes, port: bytes) -> End:
    if family == socket.AF_INET:
        address = address[:4]
    elif address.startswith(_MAPPED):
        address = address[12:]
    return address, int.from_bytes(port, "big")


def in_flight(rows: Sequence[Row], judges: Container[int] = ()) -> bool:
    """Whether something will still move although nobody acts, in a way that the program could notice.

    Bytes that are written, and have not arrived; a handshake; an end of stream. Bytes that have arrived and are not
    acknowledged do not count. Nor does what a window holds back that is closed, or as good as: the little that may
    still follow goes to somebody who has bytes to read already, and makes too little room to wake a writer. Nobody
    but the judge waits to write to a socket of its own; `judges` are the inodes of these.
    """
    if any(row.state in (SYN_SENT, SYN_RECV, NEW_SYN_RECV) for row in rows):
        return True
    ends = {(row.local, row.remote): row for row in rows if row.complete and row.state != LISTEN}
    return any(_moves(row, ends.get((row.remote, row.local)), judges) for row in ends.values())


def _moves(row: Row, other: Row | None, judges: Container[int]) -> bool:
    if row.held and (not row.probing or row.window_closed):
        return not row.probing
    if row.held:
        nobody_writes = row.inode == 0 or row.inode in judges
        wakes_writer = not nobody_writes and (other is None or row.writable_after(other.room))
        return wakes_writer or other is None or not other.unread
    if other is None:
        return row.unacknowledged > 0
    return row.sent + (row.state in (FIN_WAIT1, CLOSING, LAST_ACK)) > other.received
