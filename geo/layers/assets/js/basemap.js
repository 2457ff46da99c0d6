// The quiet ground below everything: land and sea, rivers, divisions and borders, in up to three levels of detail, each
// for as much of the world as the map may need. Numbers come from `geo/layers/basemap.py`.
(function (atlas) {
  "use strict";

  const LINES = [
    ["river", (ink, zoom) => [ink.river, zoom < 6 ? 0.7 : 1.1, []]],
    ["division", (ink) => [ink.division, 0.8, [3, 3]]],
    ["border", (ink) => [ink.border, 1.1, []]],
    ["disputed", (ink) => [ink.border, 1.1, [4, 3]]],
  ];
  const CLOSE = 9;
  // From this zoom on a kind is drawn.
  const FROM = { river: 4, division: 5, border: 0, disputed: 0 };

  class BaseMap {
    static async read(piece) {
      const { tiers, names } = await atlas.unpack(piece.ground);
      const base = new BaseMap();
      base.tiers = tiers.map((tier) => new Tier(tier));
      base.names = names;
      return base;
    }

    draw(pen, view) {
      const { ink } = atlas;
      pen.globalAlpha = 1;
      pen.fillStyle = ink.sea;
      pen.fillRect(0, 0, view.width, view.height);
      const used = this.tiers.filter(({ zoom }) => view.zoom >= zoom);
      used.forEach((tier, at) => {
        pen.save();
        // Each level where no finer one has taken the ground.
        pen.clip(region(tier, used.slice(at + 1), view), "evenodd");
        tier.draw(pen, view, ink);
        pen.restore();
      });
      // Close up there is little else to see how far things are apart by.
      if (view.zoom >= CLOSE) atlas.graticule(pen, view);
    }
  }

  /** The part of the view that a level is drawn in: its box without the boxes of the finer ones, each inside the last. */
  function region(tier, finer, view) {
    const path = new Path2D();
    for (const { west, north, east, south } of [tier, ...finer.slice(0, 1)]) {
      const [x, y] = [west * view.scale - view.dx, north * view.scale - view.dy];
      path.rect(x, y, (east - west) * view.scale, (south - north) * view.scale);
    }
    return path;
  }

  class Tier {
    constructor({ zoom, bounds, quantum, kinds, dx, dy, lengths }) {
      const [west, south, east, north] = bounds;
      Object.assign(this, {
        zoom, kinds, west: atlas.worldX(west), east: atlas.worldX(east), north: atlas.worldY(north), south: atlas.worldY(south),
      });
      const [dxs, dys] = [dx, dy].map(atlas.numbers);
      const counts = atlas.numbers(lengths);
      this.x = new Float64Array(dxs.length);
      this.y = new Float64Array(dys.length);
      this.starts = new Uint32Array(counts.length + 1);
      this.boxes = new Float64Array(counts.length * 4);
      let lon = 0;
      let lat = 0;
      for (let path = 0, at = 0; path < counts.length; path++) {
        let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
        for (const end = at + counts[path]; at < end; at++) {
          const x = (this.x[at] = atlas.worldX((lon += dxs[at]) * quantum));
          const y = (this.y[at] = atlas.worldY((lat += dys[at]) * quantum));
          if (x < left) left = x;
          if (x > right) right = x;
          if (y < top) top = y;
          if (y > bottom) bottom = y;
        }
        this.starts[path + 1] = at;
        this.boxes.set([left, top, right, bottom], path * 4);
      }
    }

    draw(pen, view, ink) {
      const land = this.path("land", view, true);
      pen.fillStyle = ink.land;
      pen.fill(land, "evenodd");
      pen.lineJoin = "round";
      this.stroke(pen, this.path("land", view, false), ink.coast, 0.9, []);
      for (const [kind, look] of LINES) {
        if (this.kinds[kind] && view.zoom >= FROM[kind]) this.stroke(pen, this.path(kind, view, false), ...look(ink, view.zoom));
      }
    }

    stroke(pen, path, colour, width, dash) {
      pen.setLineDash(dash);
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.stroke(path);
      pen.setLineDash([]);
    }

    /** The lines of a kind that reach into the view; outlines leave out where land was cut at the level's box. */
    path(kind, view, closed) {
      const path = new Path2D();
      const [from, to] = this.kinds[kind] || [0, 0];
      const left = view.dx / view.scale;
      const top = view.dy / view.scale;
      const right = (view.dx + view.width) / view.scale;
      const bottom = (view.dy + view.height) / view.scale;
      for (let line = from; line < to; line++) {
        const box = line * 4;
        if (this.boxes[box] > right || this.boxes[box + 2] < left || this.boxes[box + 1] > bottom || this.boxes[box + 3] < top) continue;
        this.follow(path, line, view, closed, kind === "land" && !closed);
      }
      return path;
    }

    follow(path, line, view, closed, outline) {
      const end = this.starts[line + 1];
      let lifted = true;
      let [beforeX, beforeY] = [NaN, NaN];
      for (let at = this.starts[line]; at < end; at++) {
        const x = this.x[at] * view.scale - view.dx;
        const y = this.y[at] * view.scale - view.dy;
        const last = at === end - 1;
        // Steps of less than a pixel are not worth drawing.
        if (!lifted && !last && Math.abs(x - beforeX) + Math.abs(y - beforeY) < 0.8) continue;
        if (lifted || (outline && this.cut(at - 1, at))) path.moveTo(x, y);
        else path.lineTo(x, y);
        lifted = false;
        [beforeX, beforeY] = [x, y];
      }
      if (closed) path.closePath();
    }

    /** Whether a stretch runs along the box that the level was cut to. */
    cut(one, other) {
      const near = (value, edge) => Math.abs(value - edge) < 1e-3;
      return (near(this.x[one], this.x[other]) && (near(this.x[one], this.west) || near(this.x[one], this.east))) ||
        (near(this.y[one], this.y[other]) && (near(this.y[one], this.north) || near(this.y[one], this.south)));
    }
  }

  const STYLES = {
    country: { font: "600 12px", spacing: "2px", upper: true, until: 8 },
    division: { font: "500 11px", spacing: "1.5px", upper: true, until: 11 },
    city: { font: "600 12px", point: true },
    town: { font: "500 11.5px", point: true },
    quarter: { font: "400 11px", faint: true },
    spot: { font: "italic 400 10.5px", faint: true },
    water: { font: "italic 400 11px", water: true },
  };

  /** The names of the ground as labels for the name layer, the weightiest first. */
  function baseLabels(base) {
    if (!base) return [];
    const columns = atlas.columns(base.names);
    const labels = [];
    for (let row = 0; row < columns.zoom.raw.length; row++) {
      const kind = columns.kind.at(row);
      labels.push({
        name: columns.name.at(row), zoom: columns.zoom.at(row), ...STYLES[kind], base: true,
        x: atlas.worldX(columns.lon.at(row)), y: atlas.worldY(columns.lat.at(row)),
        other: { ar: columns.ar.at(row), fr: columns.fr.at(row), uk: columns.uk.at(row) },
      });
    }
    return labels;
  }

  Object.assign(atlas, { BaseMap, baseLabels });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
