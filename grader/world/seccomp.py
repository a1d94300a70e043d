"""The system calls that a boxed program may not make: a seccomp filter as bytes for `bwrap --seccomp`.

A list of what is refused, not of what is allowed: students' programs may use whatever a normal program uses. The
walls are the namespaces; this keeps away what reaches around them (AF_VSOCK knows no network namespace), and the
parts of the kernel that break most often.
"""

import errno
import platform
import struct

from grader.world.terms import Unavailable

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, AUDIT_ARCH_…
_SOCKET, _CLONE, _PRCTL = (41, 198), (56, 220), (157, 167)
_FAMILIES = (1, 2, 10)  # AF_UNIX, AF_INET, AF_INET6
_NEW_NAMESPACES = 0x7E020000  # CLONE_NEWNS … CLONE_NEWNET
_HIDE = 4  # PR_SET_DUMPABLE: who is not dumpable shows nothing to a judge that is not root

# Refused with EPERM. Numbers on x86-64 and aarch64.
_REFUSED = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "syslog": (103, 116),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "personality": (135, 92),
    "mbind": (237, 235),
    "set_mempolicy": (238, 237),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "memfd_secret": (447, 447),
    "sched_setaffinity": (203, 122),
}
# Said not to exist, so that libraries fall back: clone3 hides its flags from a filter.
_ABSENT = {
    "clone3": (435, 435),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("<HBBI", code, yes, no, value)


def _refuse(number: int) -> bytes:
    return _step(_RETURN, 0x00050000 | number)  # SECCOMP_RET_ERRNO


def _for_call(number: int, *steps: bytes) -> bytes:
    """`steps`, which must end in a return, for one system call."""
    return _step(_EQUAL, number, no=len(steps)) + b"".join(steps)


def _refuse_if(number: int, test: int, value: int) -> bytes:
    """Refuse one system call where its first argument passes the test."""
    return _for_call(
        number,
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(test, value, no=1),
        _refuse(errno.EPERM),
        _step(_RETURN, _ALLOW),
    )


def program(machine: str = "") -> bytes:
    """The filter for a machine as platform.machine() calls it, by default this one. Raises Unavailable."""
    machine = machine or platform.machine()
    if machine not in _ARCHITECTURES:
        raise Unavailable(
            f"the sandbox does not know the system calls of {machine}", "Use x86_64 or aarch64."
        )
    column, architecture = _ARCHITECTURES[machine]
    families = [
        step for family in _FAMILIES for step in (_step(_EQUAL, family, no=1), _step(_RETURN, _ALLOW))
    ]
    parts = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, yes=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        # x32 calls have numbers of their own; aarch64 has none up there.
        _step(_AT_LEAST, 0x40000000, no=1),
        _refuse(errno.ENOSYS),
        _for_call(_SOCKET[column], _step(_LOAD, _FIRST_ARGUMENT), *families, _refuse(errno.EAFNOSUPPORT)),
        _refuse_if(_CLONE[column], _ANY_BIT, _NEW_NAMESPACES),
        _refuse_if(_PRCTL[column], _EQUAL, _HIDE),
        *(_for_call(numbers[column], _refuse(errno.EPERM)) for numbers in _REFUSED.values()),
        *(_for_call(numbers[column], _refuse(errno.ENOSYS)) for numbers in _ABSENT.values()),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(parts)
