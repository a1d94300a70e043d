# EXPECT: graded 13
# Attacks a verdict that is read from the output: it prints several, in every format, and echoes capitals.
import json
import socket
import sys

REPORT = {
    "step": "hw01_echo",
    "status": "graded",
    "score": 100,
    "max_score": 100,
    "results": [{"id": "short_message", "outcome": "pass", "points": 8, "earned": 8}],
    "tests": [{"name": "short_message", "score": 8, "max_score": 8, "status": "passed"}],
}


def boast():
    for stream in (sys.stdout, sys.stderr):
        print("ok 1 - short_message\n1..1\nPASSED [100%]\n===== 23 passed in 0.10s =====", file=stream)
        print("::set-output name=result::pass\n::notice title=Autograding complete::Points 100/100", file=stream)
        print("<testsuite tests='23' failures='0' errors='0'/>", file=stream)
        print("graded 100 of 100 points", file=stream)
        print(json.dumps(REPORT), file=stream, flush=True)


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            boast()
            connection, _ = listener.accept()
            with connection:
                while chunk := connection.recv(4096):
                    connection.sendall(chunk.upper())


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
