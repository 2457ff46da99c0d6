// Names of the ground and of the events' places, the large ones first, none over another.
(function (atlas) {
  "use strict";

  // The name of a point stands above the mark that may lie on it, or below it.
  const ABOVE_BELOW = [-17, 17];
  const HERE = [0];
  // Names make way for marks once these have come to rest, in milliseconds: not at every day of a playing timeline.
  const REST = 180;

  class NameLayer {
    constructor(map, events, zones, base, words) {
      this.words = words;
      // What the map is about comes first; the ground's own names take what room is left.
      const ground = atlas.baseLabels(base);
      this.labels = [...ground.filter(({ upper }) => upper), ...placeLabels(events), ...zoneLabels(zones), ...ground.filter(({ upper }) => !upper)];
      this.local = localNames(events);
      // A quarter or a place of events is often a place of the ground's names too, which know it in more scripts.
      this.others = new Map(ground.filter(({ other }) => other).reverse().map(({ name, other }) => [name, other]));
      this.canvas = atlas.canvasOn(map, "names", 380, (pen, view) => this.draw(pen, view));
    }

    draw(pen, view) {
      const { ink } = atlas;
      const held = this.held ? this.held() : null;
      const marks = this.marks ? this.marks().map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]) : [];
      const taken = [];
      const seen = new Set();
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      for (const label of this.labels) {
        if (view.zoom < label.zoom || view.zoom > label.until || seen.has(label.name)) continue;
        // A zone that does not hold on the day is not drawn, and its name would stand on another's ground.
        if (label.zone && held && !held.has(label.name)) continue;
        const x = label.x * view.scale - view.dx;
        const y = label.y * view.scale - view.dy;
        if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
        const name = this.shown(label);
        pen.font = `${label.font || (label.ground ? "500 11px" : "600 12px")} system-ui, sans-serif`;
        pen.letterSpacing = (this.words.direction === "ltr" && label.spacing) || "0px";
        const half = pen.measureText(name).width / 2 + 4;
        // A name much wider than its ground would be read as its neighbour's.
        if (label.width && label.width * view.scale < 1.5 * half) continue;
        const shift = (label.point ? ABOVE_BELOW : HERE).find((by) => {
          const box = [x - half, y + by - 8, x + half, y + by + 8];
          return !taken.some((other) => overlap(box, other)) && !marks.some((mark) => overlap(box, mark));
        });
        if (shift === undefined) continue;
        taken.push([x - half, y + shift - 8, x + half, y + shift + 8]);
        seen.add(label.name);
        pen.strokeStyle = ink.halo;
        pen.lineWidth = 3;
        pen.strokeText(name, x, y + shift);
        pen.fillStyle = label.water ? ink.water : label.upper || label.faint ? ink.faint : ink.text;
        pen.fillText(name, x, y + shift);
      }
      pen.letterSpacing = "0px";
      this.drawn = seen;
    }

    /** Draw again soon: the marks are others. */
    settle() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.canvas.redraw(), REST);
    }

    /** The name in the reader's script, where the data has it. */
    shown({ name, other, upper }) {
      const { language } = this.words;
      const local = this.local.get(name);
      const said = (other || this.others.get(name) || {})[language] || (local && atlas.readsAs(language, local) ? local : name);
      return atlas.shorten(upper ? said.toLocaleUpperCase(this.words.language) : said, 32);
    }
  }

  const SCRIPTS = { ar: /\p{Script=Arabic}/u, uk: /\p{Script=Cyrillic}/u };

  /** Whether a local name is written as the reader's language is. */
  function readsAs(language, name) {
    return Boolean(SCRIPTS[language] && SCRIPTS[language].test(name));
  }

  function zoneLabels(zones) {
    if (!zones) return [];
    const { names, lon, lat, width } = zones.labels;
    return names.map((name, at) => ({
      name, ground: true, zone: true, zoom: 9, x: atlas.worldX(lon.at(at)), y: atlas.worldY(lat.at(at)),
      width: (width.at(at) / 360) * 256,
    }));
  }

  const PLACES = 400;

  /** The places that most events lie at. Parts of places ("eastern Aleppo") have no point of their own to name. */
  function placeLabels(events) {
    const { place_name, geo_precision } = events.columns;
    const found = new Map();
    for (let row = 0; row < events.size; row++) {
      if (!events.placed(row) || geo_precision.at(row) !== 1) continue;
      const code = place_name.codes[row];
      const label = found.get(code);
      if (label) label.count += 1;
      else found.set(code, { name: place_name.values[code], x: events.x[row], y: events.y[row], count: 1, zoom: 6, point: true });
    }
    return [...found.values()].filter(({ name }) => name).sort((one, other) => other.count - one.count).slice(0, PLACES);
  }

  function localNames(events) {
    const { place_name, place_name_local } = events.columns;
    const names = new Map();
    for (let row = 0; row < events.size; row++) {
      const local = place_name_local.at(row);
      if (local && events.at("geo_precision", row) === 1) names.set(place_name.at(row), local);
    }
    return names;
  }

  function overlap(one, other) {
    return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  }

  Object.assign(atlas, { NameLayer, readsAs });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
