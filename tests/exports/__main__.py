"""Writes the sample of each export, and the tables that go with them, to tests/classes/exports."""

from tests.exports.samples import FOLDER, SAMPLES

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SAMPLES.items():
        (FOLDER / name).write_bytes(make())
        print(FOLDER / name)
