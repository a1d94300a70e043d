"""What one process may use, as options of prlimit(1): set before the program begins, and inherited by its children."""

from grader.steps import Limits


def limits_of_a_process(limits: Limits) -> tuple[str, ...]:
    """Everything but the number of processes, which outside a box would count all that the user runs."""
    return (
        f"--as={limits.memory_bytes}",
        # At the first limit comes SIGXCPU, which tells why; at the second SIGKILL, if that was ignored.
        f"--cpu={limits.life_cpu_seconds}:{limits.life_cpu_seconds + 1}",
        f"--fsize={limits.output_bytes}",
        f"--nofile={limits.open_files}",
        "--core=0",
        f"--stack={8 << 20}",
        "--",
    )
