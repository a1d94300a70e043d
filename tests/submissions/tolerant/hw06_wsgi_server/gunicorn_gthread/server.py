# EXPECT: all pass
# gunicorn: production, one worker process with threads; its adapter tells an OSError of the application from its own.
# NEEDS: gunicorn packaging
import sys
from importlib import import_module

from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    def __init__(self, host, port, app):
        self.options = {"bind": f"{host}:{port}", "workers": 1, "threads": 2, "worker_class": "gthread"}
        self.options |= {"worker_tmp_dir": "/dev/shm", "control_socket_disable": True}
        self.app = app
        super().__init__()

    def load_config(self):
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        return self.called

    def called(self, environ, start_response):
        try:
            return self.app(environ, start_response)
        except OSError as error:
            raise RuntimeError("the application failed") from error

    def serve_forever(self):
        self.run()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
