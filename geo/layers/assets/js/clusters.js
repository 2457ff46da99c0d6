// Events close to each other on screen as one circle: a pass over the events with typed arrays, on a grid that is
// fixed to the ground, so that panning does not regroup them; then neighbours that touch are joined.
(function (atlas) {
  "use strict";

  const CELL = 64;
  const TOUCH = 34;

  /**
   * Group the shown events of a view. Returns items {x, y, count, row, rows(), kinds}: `row` of the first event,
   * `kinds` how many there are of each type code.
   */
  function clusters(table, shownRows, view, kindCount) {
    const grid = gridOf(view);
    const { cells } = grid;
    const count = new Uint32Array(cells);
    const sumX = new Float64Array(cells);
    const sumY = new Float64Array(cells);
    const first = new Int32Array(cells);
    const kinds = new Uint32Array(cells * kindCount);
    const { codes } = table.types;
    const { x: worldX, y: worldY } = table;
    for (let at = 0; at < shownRows.length; at++) {
      const row = shownRows[at];
      const x = worldX[row] * view.scale - view.dx;
      const y = worldY[row] * view.scale - view.dy;
      // Also false for NaN: events without a place.
      if (!(x >= 0 && y >= 0 && x < view.width && y < view.height)) continue;
      const cell = grid.cellOf(x, y);
      if (count[cell]++ === 0) first[cell] = row;
      sumX[cell] += x;
      sumY[cell] += y;
      kinds[cell * kindCount + codes[row]]++;
    }
    const items = [];
    for (let cell = 0; cell < cells; cell++) {
      if (!count[cell]) continue;
      items.push({
        x: sumX[cell] / count[cell], y: sumY[cell] / count[cell], count: count[cell], row: first[cell],
        cells: [cell], kinds: kinds.subarray(cell * kindCount, (cell + 1) * kindCount),
      });
    }
    const joined = join(items, grid);
    for (const item of joined) item.rows = () => rowsOf(item, table, shownRows, view, grid);
    return joined;
  }

  function gridOf(view) {
    const left = Math.floor(view.dx / CELL);
    const top = Math.floor(view.dy / CELL);
    const across = Math.floor((view.dx + view.width) / CELL) - left + 1;
    const down = Math.floor((view.dy + view.height) / CELL) - top + 1;
    return {
      across,
      cells: across * down,
      cellOf: (x, y) => (Math.floor((y + view.dy) / CELL) - top) * across + Math.floor((x + view.dx) / CELL) - left,
    };
  }

  /** Join items of neighbouring cells that would touch, the larger takes the smaller. */
  function join(items, grid) {
    const byCell = new Map(items.map((item) => [item.cells[0], item]));
    const around = [1, grid.across - 1, grid.across, grid.across + 1];
    const gone = new Set();
    for (const item of [...items].sort((one, other) => other.count - one.count)) {
      if (gone.has(item)) continue;
      const cell = item.cells[0];
      for (const step of around.concat(around.map((value) => -value))) {
        const other = byCell.get(cell + step);
        if (!other || other === item || gone.has(other) || other.cells.length > 1) continue;
        if (Math.hypot(item.x - other.x, item.y - other.y) > TOUCH) continue;
        merge(item, other);
        gone.add(other);
      }
    }
    return items.filter((item) => !gone.has(item));
  }

  function merge(item, other) {
    const total = item.count + other.count;
    item.x = (item.x * item.count + other.x * other.count) / total;
    item.y = (item.y * item.count + other.y * other.count) / total;
    item.kinds = item.kinds.map((count, kind) => count + other.kinds[kind]);
    item.count = total;
    item.cells.push(...other.cells);
  }

  function rowsOf(item, table, shownRows, view, grid) {
    const cells = new Set(item.cells);
    const rows = [];
    for (const row of shownRows) {
      const x = table.x[row] * view.scale - view.dx;
      const y = table.y[row] * view.scale - view.dy;
      if (x >= 0 && y >= 0 && x < view.width && y < view.height && cells.has(grid.cellOf(x, y))) rows.push(row);
    }
    return rows;
  }

  atlas.clusters = clusters;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
