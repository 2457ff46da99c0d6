// Events on canvas: doubt below, clusters and single events above it, the chosen one on top.
(function (atlas) {
  "use strict";

  // Doubt of more events than this would hide the map; the chosen and the hovered event always show theirs.
  const DOUBTS = 40;
  const EARTH = 40075.016686;
  const REACH = 6;

  class EventLayer {
    constructor(map, table, selection, state, words) {
      Object.assign(this, { map, table, selection, state, words });
      this.marks = new atlas.Marks(table, table.piece.marks);
      this.regions = regionsOf(table);
      this.items = [];
      this.hovered = -1;
      this.canvas = atlas.canvasOn(map, "events", 450, (pen, view) => this.draw(pen, view));
      map.on("mousemove", ({ containerPoint }) => this.hover(containerPoint));
      map.on("mouseout", () => this.hover(null));
    }

    draw(pen, view) {
      this.items = atlas.clusters(this.table, this.selection.rows, view, this.table.types.values.length);
      const chosen = this.table.row(this.state.value.selected);
      const singles = this.items.filter((item) => item.count === 1);
      if (singles.length <= DOUBTS) for (const item of singles) this.drawDoubt(pen, item.row, view, false);
      for (const row of new Set([this.hovered, chosen])) if (row >= 0) this.drawDoubt(pen, row, view, true);
      for (const item of this.items) {
        item.radius = item.count > 1 ? atlas.clusterRadius(item.count) : this.radius(item.row);
        if (item.count > 1) this.marks.drawCluster(pen, item, this.words);
      }
      // Small ones last, so that a large mark never hides them.
      singles.sort((one, other) => other.radius - one.radius);
      for (const item of singles) this.marks.draw(pen, item.row, item.x, item.y, item.radius);
      if (chosen >= 0) this.drawChosen(pen, chosen, view);
      if (this.ondraw) this.ondraw();
    }

    radius(row) {
      return this.marks.radius(row, this.state.value.sizes);
    }

    drawChosen(pen, row, view) {
      if (!this.table.placed(row)) return;
      const x = this.table.x[row] * view.scale - view.dx;
      const y = this.table.y[row] * view.scale - view.dy;
      const radius = this.radius(row);
      this.marks.draw(pen, row, x, y, radius);
      for (const [width, colour] of [[5, atlas.ink.disc], [2.5, atlas.ink.chosen]]) {
        pen.beginPath();
        pen.arc(x, y, radius + 5, 0, 2 * Math.PI);
        pen.lineWidth = width;
        pen.strokeStyle = colour;
        pen.stroke();
      }
    }

    /** The polygon of the part, or the circle of the uncertainty; softer the vaguer it is. */
    drawDoubt(pen, row, view, strong) {
      if (!this.table.placed(row)) return;
      const radius = this.table.at("uncertainty_km", row);
      const region = this.regions.find(this.table.at("gazetteer_id", row));
      const path = new Path2D();
      if (region >= 0) this.regions.shapes.trace(path, region, view);
      else if (radius) this.circle(path, row, view);
      const softness = 1 / (1 + (radius || 1) / 3);
      // Lightly, as the ground below has colours that mean something.
      pen.globalAlpha = strong ? 0.14 : 0.02 + 0.08 * softness;
      pen.fillStyle = this.marks.kind(row).colour;
      pen.fill(path, "evenodd");
      pen.globalAlpha = strong ? 1 : 0.2 + 0.35 * softness;
      pen.strokeStyle = this.marks.kind(row).colour;
      pen.lineWidth = strong ? 2.2 : 1;
      pen.setLineDash(region >= 0 ? [6, 4] : [2, 4]);
      pen.stroke(path);
      pen.setLineDash([]);
    }

    circle(path, row, view) {
      const [x, y] = [this.table.x[row] * view.scale - view.dx, this.table.y[row] * view.scale - view.dy];
      path.arc(x, y, this.doubt(row) * view.scale, 0, 2 * Math.PI);
    }

    /** Radius of an event's doubt, in pixels of the world at zoom 0. */
    doubt(row) {
      const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * this.table.y[row]) / 256)));
      return ((this.table.at("uncertainty_km", row) || 0) / (EARTH * Math.cos(latitude))) * 256;
    }

    /** The item under a point of the map's container, the topmost first; null for none. */
    under(containerPoint) {
      const point = this.canvas.within(containerPoint);
      let best = null;
      let nearest = Infinity;
      for (const item of this.items) {
        const distance = Math.hypot(item.x - point.x, item.y - point.y) - item.radius;
        if (distance < REACH && distance < nearest) {
          best = item;
          nearest = distance;
        }
      }
      return best;
    }

    hover(containerPoint) {
      const item = containerPoint && this.under(containerPoint);
      const row = item && item.count === 1 ? item.row : -1;
      this.map.getContainer().style.cursor = item ? "pointer" : "";
      if (this.onhover) this.onhover(item, containerPoint);
      if (row === this.hovered) return;
      this.hovered = row;
      this.canvas.redraw();
    }
  }

  function regionsOf(table) {
    const rows = new Map(table.regionIds.map((id, row) => [id, row]));
    return { shapes: table.regionShapes, find: (id) => rows.get(id) ?? -1 };
  }

  atlas.EventLayer = EventLayer;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
