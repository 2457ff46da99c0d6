// How an event is drawn: the shape and colour of its type, size by deaths, hollow where it is only announced or denied.
(function (atlas) {
  "use strict";

  const SMALLEST = 7;
  const LARGEST = 20;

  class Marks {
    constructor(table, marks) {
      this.table = table;
      this.kinds = table.types.values.map((type) => ({ ...marks[type], path: new Path2D(marks[type].shape) }));
      this.given = marks;
      this.paint();
    }

    /** Take the theme's colours. */
    paint() {
      this.kinds.forEach((kind, at) => { kind.colour = atlas.seen(this.given[this.table.types.values[at]].colour); });
    }

    /** Radius in pixels; area grows with the number of dead. */
    radius(row, sized) {
      if (!sized) return SMALLEST + 1;
      const deaths = atlas.deathsOf(this.table.columns, row);
      return Math.min(LARGEST, SMALLEST + 1.7 * Math.sqrt(deaths));
    }

    kind(row) {
      return this.kinds[this.table.types.codes[row]];
    }

    draw(pen, row, x, y, radius) {
      const { colour, path } = this.kind(row);
      const factuality = this.table.at("factuality", row);
      const hollow = factuality === "denied" || factuality === "announced";
      pen.save();
      pen.translate(x, y);
      pen.scale(radius, radius);
      pen.lineJoin = "round";
      pen.globalAlpha = 1;
      pen.lineWidth = (hollow ? 5 : 3.4) / radius;
      pen.strokeStyle = atlas.ink.disc;
      pen.stroke(path);
      pen.fillStyle = hollow ? atlas.ink.disc : colour;
      pen.fill(path);
      if (hollow) {
        pen.lineWidth = 2.2 / radius;
        pen.strokeStyle = colour;
        if (factuality === "announced") pen.setLineDash([0.35, 0.25]);
        pen.stroke(path);
      } else if (factuality === "claimed") {
        pen.fillStyle = atlas.ink.disc;
        pen.beginPath();
        pen.arc(0, 0, 0.28, 0, 2 * Math.PI);
        pen.fill();
      }
      pen.restore();
    }

    /** A cluster: its number inside a ring that is divided by type. */
    drawCluster(pen, item, words) {
      const radius = clusterRadius(item.count);
      pen.globalAlpha = 1;
      disc(pen, item.x, item.y, radius + 2.5, atlas.ink.disc);
      let angle = -Math.PI / 2;
      for (let kind = 0; kind < item.kinds.length; kind++) {
        if (!item.kinds[kind]) continue;
        const turn = (2 * Math.PI * item.kinds[kind]) / item.count;
        pen.beginPath();
        pen.arc(item.x, item.y, radius - 1.5, angle, angle + turn);
        pen.strokeStyle = this.kinds[kind].colour;
        pen.lineWidth = 5;
        pen.stroke();
        angle += turn;
      }
      pen.fillStyle = atlas.ink.ink;
      pen.font = "600 12px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(item.count < 10000 ? words.number(item.count) : `${words.number(item.count / 1000)}k`, item.x, item.y + 0.5);
    }

    /** The same shape for legends and lists. */
    icon(type, marks) {
      const { colour, shape } = marks[type] || { colour: "#777", shape: "M-1-1H1V1H-1Z" };
      const path = atlas.drawing("path", { d: shape, fill: atlas.seen(colour), stroke: atlas.ink.disc, "stroke-width": 0.2 });
      return atlas.drawing("svg", { viewBox: "-1.2 -1.2 2.4 2.4", class: "mark", "aria-hidden": "true" }, path);
    }
  }

  function clusterRadius(count) {
    return Math.min(26, 13 + 2.4 * Math.log2(count));
  }

  function disc(pen, x, y, radius, colour) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = colour;
    pen.fill();
  }

  Object.assign(atlas, { Marks, clusterRadius });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
