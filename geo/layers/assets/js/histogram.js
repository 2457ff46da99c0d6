// Events by day and type over the whole period, the changes of control above the axis; dragging chooses a span of days.
(function (atlas) {
  "use strict";

  // Half a slider's thumb: days of bars and of the slider stand under each other.
  const MARGIN = 9;
  const AXIS = 16;
  const CHANGES = 9;
  const NARROWEST = 3;
  const SLIGHT_KM2 = 0.01;

  class Histogram {
    constructor(events, selection, zones, state, words) {
      Object.assign(this, { events, selection, zones, state, words });
      this.canvas = atlas.element("canvas", { class: "histogram", "data-testid": "histogram", role: "img" });
      this.changes = zones ? this.changesOfControl() : new Map();
      this.brush();
      this.width = this.height = 0;
      new ResizeObserver(() => this.measure()).observe(this.canvas);
    }

    changesOfControl() {
      const days = new Map();
      const starts = new Set();
      for (let zone = 0; zone < this.zones.size; zone++) {
        starts.add(this.zones.columns.valid_from.at(zone));
        starts.add(this.zones.columns.valid_to.at(zone));
      }
      for (const day of starts) {
        if (day === null || day < this.state.period.start || day > this.state.period.end) continue;
        const area = this.zones.changed(day);
        if (area > SLIGHT_KM2) days.set(day, area);
      }
      return days;
    }

    /** Count the events that pass the filters by bin and type. */
    counts(bins, width) {
      const key = `${bins}/${width}`;
      if (this.counted && this.counted.key === key) return this.counted.counts;
      const kinds = this.events.types.values.length;
      const { start } = this.state.period;
      const counts = new Uint32Array(bins * kinds);
      const { passing } = this.selection;
      for (let row = 0; row < passing.length; row++) {
        if (!passing[row] || !this.events.dated(row)) continue;
        const bin = Math.floor((this.events.start[row] - start) / width);
        if (bin >= 0 && bin < bins) counts[bin * kinds + this.events.types.codes[row]]++;
      }
      this.counted = { key, counts };
      return counts;
    }

    /** Forget the counts: the filters, the language or the colours have changed. */
    recount() {
      this.counted = this.still = null;
    }

    /** Take the size that the page gives; asking for it at every step would lay out the page each time. */
    measure() {
      const { clientWidth: width, clientHeight: height } = this.canvas;
      if (!width || (width === this.width && height === this.height)) return;
      const ratio = window.devicePixelRatio || 1;
      Object.assign(this, { width, height, ratio, still: null });
      this.canvas.width = width * ratio;
      this.canvas.height = height * ratio;
      this.draw();
    }

    draw() {
      const { width, height, ratio } = this;
      if (!width) return;
      if (!this.still) this.still = this.drawStill();
      const pen = this.canvas.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      this.drawWindow(pen, height);
      pen.drawImage(this.still, 0, 0, width, height);
    }

    /** All that stays the same from day to day. */
    drawStill() {
      // One canvas for good: a new one at every change of a filter costs more than what is drawn on it.
      const still = (this.paper = this.paper || document.createElement("canvas"));
      still.width = this.canvas.width;
      still.height = this.canvas.height;
      const pen = still.getContext("2d");
      pen.scale(this.ratio, this.ratio);
      this.drawBars(pen, this.height);
      this.drawChanges(pen);
      this.drawAxis(pen, this.height);
      return still;
    }

    get days() {
      return this.state.period.end - this.state.period.start + 1;
    }

    get pitch() {
      return (this.width - 2 * MARGIN) / Math.max(1, this.days - 1);
    }

    x(day) {
      return MARGIN + (day - this.state.period.start) * this.pitch;
    }

    drawWindow(pen, height) {
      const { value, period } = this.state;
      const [first, last] = atlas.windowOf(value, period);
      const left = this.x(Math.max(first, period.start)) - this.pitch / 2;
      const right = this.x(last) + this.pitch / 2;
      pen.fillStyle = atlas.ink.window;
      pen.fillRect(left, 0, Math.max(3, right - left), height - AXIS);
      pen.fillStyle = atlas.ink.chosen;
      pen.fillRect(this.x(value.day) - 0.75, 0, 1.5, height - AXIS);
    }

    drawBars(pen, height) {
      const width = Math.max(1, Math.ceil(NARROWEST / this.pitch));
      const bins = Math.ceil(this.days / width);
      const counts = this.counts(bins, width);
      const kinds = this.events.types.values.length;
      const colours = this.events.types.values.map((type) => atlas.seen(this.events.piece.marks[type].colour));
      let highest = 1;
      for (let bin = 0; bin < bins; bin++) {
        let sum = 0;
        for (let kind = 0; kind < kinds; kind++) sum += counts[bin * kinds + kind];
        highest = Math.max(highest, sum);
      }
      const unit = (height - AXIS - CHANGES - 4) / highest;
      const bar = Math.min(26, Math.max(1, this.pitch * width - 1.5));
      for (let bin = 0; bin < bins; bin++) {
        const x = this.x(this.state.period.start + bin * width + (width - 1) / 2) - bar / 2;
        let y = height - AXIS;
        for (let kind = 0; kind < kinds; kind++) {
          const tall = counts[bin * kinds + kind] * unit;
          if (!tall) continue;
          pen.fillStyle = colours[kind];
          pen.fillRect(x, y - tall, bar, tall);
          y -= tall;
        }
      }
    }

    drawChanges(pen) {
      pen.fillStyle = atlas.ink.front;
      for (const day of this.changes.keys()) {
        const x = this.x(day);
        pen.beginPath();
        pen.moveTo(x - 4, 1);
        pen.lineTo(x + 4, 1);
        pen.lineTo(x, 8);
        pen.fill();
      }
    }

    drawAxis(pen, height) {
      pen.fillStyle = atlas.ink.axis;
      pen.fillRect(MARGIN, height - AXIS, this.width - 2 * MARGIN, 1);
      pen.fillStyle = atlas.ink.axisText;
      pen.font = "11px system-ui, sans-serif";
      pen.textBaseline = "bottom";
      const step = [1, 2, 7, 14, 30, 91, 182, 365].find((days) => days * this.pitch > 64) || 730;
      for (let day = this.state.period.start; day <= this.state.period.end; day += step) {
        const x = this.x(day);
        pen.fillRect(x - 0.5, height - AXIS, 1, 4);
        const label = step > 25 ? this.words.months.format(atlas.dateOf(day)) : this.words.shortDate(day);
        const half = pen.measureText(label).width / 2;
        if (x + half > this.width + 4) continue;
        pen.textAlign = x < half ? "left" : "center";
        pen.fillText(label, x < half ? 0 : x, height);
      }
    }

    brush() {
      let from = null;
      const day = (event) => {
        const offset = event.clientX - this.canvas.getBoundingClientRect().left - MARGIN;
        return this.state.within(this.state.period.start + Math.round(offset / this.pitch));
      };
      this.canvas.addEventListener("pointerdown", (event) => {
        from = day(event);
        this.canvas.setPointerCapture(event.pointerId);
      });
      this.canvas.addEventListener("pointermove", (event) => {
        if (from === null || day(event) === from) return;
        const [first, last] = [from, day(event)].sort((one, other) => one - other);
        this.state.set({ window: "range", from: first, day: last });
      });
      this.canvas.addEventListener("pointerup", (event) => {
        if (from === day(event)) {
          this.state.set({ day: from, ...(this.state.value.window === "range" ? { window: "day", from: null } : {}) });
        }
        from = null;
      });
    }
  }

  atlas.Histogram = Histogram;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
