// Shapes made of shared arcs (`geo/layers/arcs.py`), in world coordinates at zoom 0.
(function (atlas) {
  "use strict";

  class Shapes {
    constructor(encoded) {
      this.readArcs(encoded);
      this.readRings(encoded);
    }

    readArcs({ quantum, dx, dy, arcLengths }) {
      const [dxs, dys, lengths] = [dx, dy, arcLengths].map(atlas.numbers);
      const x = new Float64Array(dxs.length);
      const y = new Float64Array(dys.length);
      let lon = 0;
      let lat = 0;
      for (let i = 0; i < dxs.length; i++) {
        lon += dxs[i];
        lat += dys[i];
        x[i] = atlas.worldX(lon * quantum);
        y[i] = atlas.worldY(lat * quantum);
      }
      this.x = x;
      this.y = y;
      this.arcStart = offsets(lengths);
    }

    readRings({ ringArcs, ringLengths, shapeRings }) {
      const [references, lengths, counts] = [ringArcs, ringLengths, shapeRings].map(atlas.numbers);
      const ringStart = offsets(lengths);
      const shapeStart = offsets(counts);
      this.size = counts.length;
      this.rings = Array.from(counts, (count, shape) => Array.from({ length: count }, (_, at) => {
        const ring = shapeStart[shape] + at;
        return references.subarray(ringStart[ring], ringStart[ring + 1]);
      }));
    }

    /** Add a shape to a path; fill it by the even-odd rule. */
    trace(path, shape, view) {
      for (const ring of this.rings[shape]) {
        let pen = false;
        for (const reference of ring) {
          this.follow(path, reference, view, pen);
          pen = true;
        }
        path.closePath();
      }
    }

    /** Add an arc to a path; `joined` goes on from where the path is. */
    follow(path, reference, view, joined) {
      const backwards = reference < 0;
      const arc = backwards ? ~reference : reference;
      const first = this.arcStart[arc];
      const last = this.arcStart[arc + 1] - 1;
      const step = backwards ? -1 : 1;
      for (let i = backwards ? last : first, left = last - first; left >= 0; i += step, left--) {
        const x = this.x[i] * view.scale - view.dx;
        const y = this.y[i] * view.scale - view.dy;
        if (joined) path.lineTo(x, y);
        else path.moveTo(x, y);
        joined = true;
      }
    }

    /** West, north, east and south of some shapes in world coordinates; null for none. */
    bounds(shapes) {
      let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const shape of shapes) {
        for (const ring of this.rings[shape]) {
          for (const reference of ring) {
            const arc = reference < 0 ? ~reference : reference;
            for (let i = this.arcStart[arc]; i < this.arcStart[arc + 1]; i++) {
              west = Math.min(west, this.x[i]);
              east = Math.max(east, this.x[i]);
              north = Math.min(north, this.y[i]);
              south = Math.max(south, this.y[i]);
            }
          }
        }
      }
      return west <= east ? [west, north, east, south] : null;
    }
  }

  function offsets(lengths) {
    const starts = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) starts[i + 1] = starts[i] + lengths[i];
    return starts;
  }

  atlas.Shapes = Shapes;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
