"""What a program is doing, in words for students: from its sleeping threads and its sockets."""

from collections.abc import Sequence

from grader.world import tasks
from grader.world.sockets import LISTEN, Row
from grader.world.tasks import Task

_RECEIVING = {
    "recvfrom": "recv()",
    "recvmsg": "recvmsg()",
    "recvmmsg": "recvmmsg()",
    "read": "read()",
    "readv": "readv()",
}
_SENDING = {
    "sendto": "send()",
    "sendmsg": "sendmsg()",
    "write": "write()",
    "writev": "writev()",
    "sendfile": "sendfile()",
}
_SELECTING = {
    "poll": "poll()",
    "ppoll": "poll()",
    "select": "select()",
    "pselect6": "select()",
    "epoll_wait": "epoll",
    "epoll_pwait": "epoll",
    "epoll_pwait2": "epoll",
}
_OTHERS = {
    "futex": (3, "it waits for a lock"),
    "nanosleep": (2, "it sleeps"),
    "clock_nanosleep": (2, "it sleeps"),
    "wait4": (4, "it waits for another process to end"),
    "waitid": (4, "it waits for another process to end"),
    "connect": (1, "it waits in connect()"),
    "flock": (3, "it waits for a locked file"),
    "fcntl": (3, "it waits for a locked file"),
    "accept": (6, "it waits in accept() for a client"),
    "accept4": (6, "it waits in accept() for a client"),
}
_AT_MOST = 3


def describe(threads: Sequence[Task], rows: Sequence[Row]) -> str:
    """At most three things that the program does, the most telling first, as sentences joined by semicolons."""
    by_inode = {row.inode: row for row in rows if row.inode}
    told = sorted({_sentence(task, by_inode) for task in threads if task.call != "zombie"})
    return "; ".join(dict.fromkeys(sentence for _, sentence in told[:_AT_MOST]))


def _sentence(task: Task, rows: dict[int, Row]) -> tuple[int, str]:
    """How telling it is (less is more), and the sentence."""
    if task.busy:
        return 0, "it computes without pause"
    if task.call in _SENDING:
        return 1, f"it waits in {_SENDING[task.call]}: nobody reads"
    if task.call in _RECEIVING or task.call in _SELECTING:
        return _for_input(task, rows)
    if (left := task.sleep_left()) is not None:
        return (
            2,
            f"it sleeps for {max(left, 0):.0f} s more" if left >= 1 else "it sleeps for less than a second",
        )
    return _OTHERS.get(task.call, (5, "it waits for something that the grader does not know"))


def _for_input(task: Task, rows: dict[int, Row]) -> tuple[int, str]:
    call = _RECEIVING.get(task.call) or _SELECTING[task.call]
    try:
        waited = [rows.get(tasks.inode(task.pid, descriptor)) for descriptor in task.descriptors()]
    except (OSError, ValueError):
        waited = []
    connections = [row for row in waited if row and row.state != LISTEN]
    if connections:
        plural = "the connection" if len(connections) == 1 else f"{len(connections)} connections"
        return 1, f"it waits in {call} on {plural}, {sum(row.unread for row in connections)} bytes unread"
    if any(waited):
        return 6, f"it waits in {call} for a client"
    return 5, f"it waits in {call}"
