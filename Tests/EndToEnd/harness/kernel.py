"""A kernel that lacks something: system calls that fail for a program and all that it starts."""

import ctypes
import struct
from collections.abc import Callable

LANDLOCK = range(444, 447)
SECCOMP = range(317, 318)  # of x86-64

# linux/filter.h and linux/seccomp.h.
LOAD, JUMP_IF_LESS, JUMP_IF_GREATER, RETURN = 0x20, 0x35, 0x25, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000
# linux/prctl.h.
SET_SECCOMP, FILTER, NO_NEW_PRIVILEGES = 22, 2, 38


def failing(calls: range, errno: int) -> Callable[[], None]:
    """What a new process does before it becomes a program for which these calls fail (`preexec_fn`)."""
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in [
        (LOAD, 0, 0, 0),
        # To the last instruction below the range, and above it.
        (JUMP_IF_LESS, 0, 2, calls.start),
        (JUMP_IF_GREATER, 1, 0, calls.stop - 1),
        (RETURN, 0, 0, FAIL | errno),
        (RETURN, 0, 0, ALLOW),
    ])
    memory = ctypes.create_string_buffer(program)
    filter = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(memory)))
    libc = ctypes.CDLL(None, use_errno=True)

    def enter(keeping: object = memory) -> None:
        assert libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        assert libc.prctl(SET_SECCOMP, FILTER, filter) == 0

    return enter
