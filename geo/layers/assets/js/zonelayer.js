// Zones of the day on canvas: colour and pattern of the side, hatching where contested, the frontline on top.
(function (atlas) {
  "use strict";

  class ZoneLayer {
    constructor(map, table, state) {
      this.table = table;
      this.state = state;
      this.paint();
      this.canvas = atlas.canvasOn(map, "zones", 350, (pen, view) => this.draw(pen, view));
      this.drawn = null;
      state.subscribe((_, changed) => {
        // Most days nothing changes hands: the same zones need no new picture.
        if (changed.has("day") && this.table.active(state.value.day) !== this.drawn) this.canvas.redraw();
      });
    }

    /** Colours and patterns by side, as the theme shows them. */
    paint() {
      this.looks = new Map(this.table.controllers.map(({ id, colour }, number) => {
        const [shown, line] = [atlas.seen(colour), atlas.lined(colour)];
        return [id, { colour: shown, line, held: atlas.patternOf(number, line), contested: atlas.contestedPattern(shown) }];
      }));
    }

    draw(pen, view) {
      const { day } = this.state.value;
      this.drawn = this.table.active(day);
      for (const [look, contested, path] of this.paths(day, view)) {
        pen.globalAlpha = atlas.ink.zone;
        pen.fillStyle = look.colour;
        pen.fill(path, "evenodd");
        pen.globalAlpha = contested ? 0.9 : 0.7;
        atlas.fillWith(pen, contested ? look.contested : look.held, view, path);
        pen.globalAlpha = 0.5;
        pen.lineWidth = 0.8;
        pen.strokeStyle = look.line;
        pen.stroke(path);
      }
      this.drawFrontline(pen, view, day);
    }

    /** One path for each side and status, so that each is filled once. */
    paths(day, view) {
      const groups = new Map();
      for (const zone of this.table.active(day)) {
        const contested = this.table.side(zone) === atlas.CONTESTED;
        const key = `${this.table.controller(zone)}|${contested}`;
        if (!groups.has(key)) groups.set(key, [this.looks.get(this.table.controller(zone)), contested, new Path2D()]);
        this.table.shapes.trace(groups.get(key)[2], zone, view);
      }
      return groups.values();
    }

    drawFrontline(pen, view, day) {
      const { front, edge } = this.table.borders(day);
      const path = this.line(front, view);
      for (const arc of this.table.bridged(day)) this.table.bridges.shapes.follow(path, arc, view, false);
      pen.lineJoin = pen.lineCap = "round";
      pen.globalAlpha = 1;
      pen.strokeStyle = atlas.ink.frontHalo;
      pen.lineWidth = 5;
      pen.stroke(path);
      pen.strokeStyle = atlas.ink.front;
      pen.lineWidth = 2.2;
      pen.stroke(path);
      pen.setLineDash([3, 4]);
      pen.lineWidth = 1.2;
      pen.stroke(this.line(edge, view));
      pen.setLineDash([]);
    }

    line(arcs, view) {
      const path = new Path2D();
      for (const arc of arcs) this.table.shapes.follow(path, arc, view, false);
      return path;
    }

    /** The zone under a point of the map's container; -1 for none. */
    under(containerPoint) {
      const view = this.canvas.view();
      const point = this.canvas.within(containerPoint);
      const pen = this.canvas._context;
      const zones = this.table.active(this.state.value.day);
      for (const zone of zones) {
        const path = new Path2D();
        this.table.shapes.trace(path, zone, view);
        pen.save();
        pen.setTransform(1, 0, 0, 1, 0, 0);
        const inside = pen.isPointInPath(path, point.x, point.y, "evenodd");
        pen.restore();
        if (inside) return zone;
      }
      return -1;
    }
  }

  const STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

  /** Thin lines of longitude and latitude: some ground to stand on where nothing else is drawn. */
  function graticule(pen, view, labelled = false) {
    const degree = (256 * view.scale) / 360;
    const step = STEPS.findLast((candidate) => candidate * degree >= 110) || STEPS[0];
    pen.globalAlpha = 1;
    pen.strokeStyle = atlas.ink.grid;
    pen.fillStyle = atlas.ink.faint;
    pen.lineWidth = 1;
    pen.font = "10px system-ui, sans-serif";
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    const places = Math.max(0, Math.ceil(-Math.log10(step)));
    const west = (view.dx / view.scale / 256) * 360 - 180;
    for (let lon = Math.ceil(west / step) * step; ; lon += step) {
      const x = Math.round(atlas.worldX(lon) * view.scale - view.dx) + 0.5;
      if (x > view.width) break;
      stroke(pen, x, 0, x, view.height);
    }
    const south = latitude((view.dy + view.height) / view.scale);
    for (let lat = Math.ceil(Math.max(south, -85) / step) * step; lat <= 85; lat += step) {
      const y = Math.round(atlas.worldY(lat) * view.scale - view.dy) + 0.5;
      if (y < 0) break;
      stroke(pen, 0, y, view.width, y);
      for (let lon = Math.ceil(west / step) * step; labelled; lon += 3 * step) {
        const x = atlas.worldX(lon) * view.scale - view.dx;
        if (x > view.width) break;
        pen.fillText(`${lat.toFixed(places)}, ${lon.toFixed(places)}`, x + 3, y - 3);
      }
    }
  }

  function stroke(pen, x1, y1, x2, y2) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }

  function latitude(worldY) {
    return (Math.atan(Math.sinh(Math.PI * (1 - (2 * worldY) / 256))) * 180) / Math.PI;
  }

  Object.assign(atlas, { ZoneLayer, graticule });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
