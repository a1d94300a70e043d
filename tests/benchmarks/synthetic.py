"""A class of any size, the same wherever and whenever it is made: copies and mutations of a step's solution, and of its
faulty and tolerant submissions, as Canvas packs them, and the gradebook with the students' names.

Every twenty students in a row have handed in the same twenty programs, each in a mutation of their own. So classes of
20, 200 and 2,000 differ in nothing but their size, and a small one is the beginning of a large one.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from grader.intake import read_folder
from grader.steps import Step
from tests.benchmarks.mutations import mutated
from tests.corpus import SOLUTIONS, Specimen, expected, of_step
from tests.exports import PEOPLE, zip_of
from tests.exports.tables import written

TOGETHER = 20  # programs, before they are repeated
SOLUTIONS_IN_IT = 8  # of these
FIRST_ID = 100_000  # of a student: all have as many digits, so that they stay in this order


@dataclass(frozen=True)
class Synthetic:
    """A class of one step."""

    step: Step
    size: int
    seed: int = 1

    @cached_property
    def programs(self) -> list[Specimen]:
        """What is handed in, but for the mutations. The first is the solution."""
        solution = read_folder(SOLUTIONS / self.step.slug, self.step)
        right = expected(f"solutions/{self.step.slug}", self.step, solution, "all pass")
        others = TOGETHER - SOLUTIONS_IN_IT
        chosen = random.Random(f"{self.seed} {self.step.slug}").sample(of_step(self.step), others)
        return [right] * SOLUTIONS_IN_IT + chosen

    def specimen(self, number: int) -> Specimen:
        """What that student has handed in, under the student's id: the mutation, and what is expected of it."""
        original = self.programs[number % TOGETHER]
        dice = self.dice(number)
        files = {
            path: mutated(content, dice) if path in self.step.files else content
            for path, content in original.submission.files.items()
        }
        return original.handed_in_as(str(FIRST_ID + number), files)

    def dice(self, number: int) -> random.Random:
        """What decides about that student, whoever else is in the class."""
        return random.Random(f"{self.seed} {self.step.slug} {number}")

    def export(self) -> bytes:
        """The zip."""
        files: dict[str, bytes] = {}
        for number in range(self.size):
            files |= self.packed(number)
        return zip_of(files)

    def packed(self, number: int) -> Mapping[str, bytes]:
        """One student's files, by their names in the zip. Several are in a zip of their own, and so is one of ten;
        one of ten comes late, and one of ten has handed in before."""
        files, dice = self.specimen(number).submission.files, self.dice(number)
        name, content = next(iter(files.items()))
        if len(files) > 1 or dice.random() < 0.1:
            name, content = f"{self.step.short}.zip", zip_of(files)
        stem, _, suffix = name.partition(".")
        late = "LATE_" if dice.random() < 0.1 else ""
        who = f"{PEOPLE[number % len(PEOPLE)][2]}{number}_{late}{FIRST_ID + number}"
        if dice.random() < 0.9:
            return {f"{who}_{number}1_{name}": content}
        return {f"{who}_{number}1_{name}": b"", f"{who}_{number}2_{stem}-1.{suffix}": content}

    def roster(self) -> bytes:
        """The gradebook's columns that say who the students are."""
        return written([("Student", "ID"), *self.people()], "\r\n")

    def people(self) -> Iterator[tuple[str, int]]:
        """Everybody by name and id."""
        for number in range(self.size):
            yield f"{PEOPLE[number % len(PEOPLE)][1]} {number}", FIRST_ID + number
