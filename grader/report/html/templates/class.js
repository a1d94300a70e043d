
"use strict";
{
  // Sorts the tables, filters the map, and moves through both by arrow keys. Without it the page shows the same.
  const MARKS = "✗!i?·✓"; // the worst first
  const order = new Intl.Collator("en", { numeric: true });
  const by = {
    text: [(cell) => cell.textContent, order.compare],
    number: [(cell) => Number.parseFloat(cell.textContent), (one, other) => one - other],
    mark: [(cell) => MARKS.indexOf(cell.textContent), (one, other) => one - other],
  };

  // What is out of sight is not laid out, and takes the room that its rows would: it must be told how many there are.
  const ROW = 1.45; // rem
  const fit = (body) => {
    const shown = [...body.rows].filter((row) => !row.hidden).length;
    body.hidden = !shown;
    body.style.containIntrinsicHeight = `${ROW * shown}rem`;
  };

  const sort = (heading) => {
    const [value, compare] = by[heading.dataset.by];
    const sign = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const bodies = [...heading.closest("table").tBodies];
    const sizes = bodies.map((body) => body.rows.length);
    const keyed = bodies.flatMap((body) => [...body.rows]).map((row) => [value(row.cells[heading.cellIndex]), row]);
    const isNone = ([key]) => Number.isNaN(key);
    const some = keyed.filter((pair) => !isNone(pair)).sort(([one], [other]) => sign * compare(one, other));
    const sorted = [...some, ...keyed.filter(isNone)].map(([, row]) => row); // where no number stands: last
    for (const [index, body] of bodies.entries()) body.append(...sorted.splice(0, sizes[index]));
    bodies.forEach(fit);
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
  };

  const map = document.getElementById("heat");
  const rows = [...(map?.querySelectorAll("tbody tr") ?? [])];
  const field = (id) => document.getElementById(id);
  const CHECKS = 4; // the column of the first check
  const filter = () => {
    const wanted = field("find").value.trim().toLowerCase();
    const status = field("status").value;
    const failing = field("failing").value;
    let shown = 0;
    for (const row of rows) {
      const { cells } = row;
      const said = cells[0].textContent + " " + cells[cells.length - 1].textContent;
      row.hidden = !(
        said.toLowerCase().includes(wanted) &&
        (!status || cells[2].textContent === status) &&
        (!failing || cells[CHECKS + Number(failing)].textContent !== "✓")
      );
      shown += !row.hidden;
    }
    [...map.tBodies].forEach(fit);
    field("shown").textContent = `${shown} of ${rows.length} shown`;
  };

  const reachable = (row, column) => {
    const cell = row.cells[column];
    return !row.hidden && cell ? cell.querySelector("a, button") : null;
  };
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const move = (event) => {
    const cell = event.target.closest("th, td");
    const step = STEPS[event.key];
    if (!cell || !step) return;
    const all = cell.closest("table").rows;
    let row = cell.parentNode.rowIndex;
    let column = cell.cellIndex;
    do {
      row += step[0];
      column += step[1];
      if (!all[row]?.cells[column]) return;
    } while (!reachable(all[row], column));
    event.preventDefault();
    reachable(all[row], column).focus();
  };

  for (const table of document.querySelectorAll("table")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => sort(heading));
    }
    table.addEventListener("keydown", move);
  }
  if (map) {
    for (const id of ["find", "status", "failing"]) field(id).addEventListener("input", filter);
    document.querySelector(".filters").hidden = false;
    filter();
  }
}
