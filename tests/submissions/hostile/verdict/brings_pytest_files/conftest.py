import evil


def pytest_configure(config):
    evil.install()
