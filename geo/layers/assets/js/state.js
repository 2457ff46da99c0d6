// What is shown, as one value: panels set parts of it and are told what changed.
(function (atlas) {
  "use strict";

  const DEFAULTS = {
    day: 0, window: "day", from: null, selected: "", language: "en",
    types: [], factuality: [], precision: 0, deaths: 0, actor: "", place: "", text: "",
    // Identifiers of events that alone are wanted; none for all.
    ids: [],
    // One bit an event of this page, in the order of its rows, as base64: what a page around this one lets through.
    // Empty for all. Not shared, and neither is the period that it narrows the timeline to.
    only: "", period: null,
    // `light`, `dark`, or as the reader's system is.
    theme: "",
    sizes: true, view: null,
    // Rows of a cluster that was opened; null for none. Not shared: rows are of this file alone.
    chosen: null,
    // What a page around this one asks the reader for: "spot", "area" or nothing; what was pointed at, in degrees
    // (lon, lat and west, south, east, north); and what the map shows of the world. All of this is told to that page alone.
    asking: "", spot: null, area: null, bounds: null,
  };
  const UNSHARED = new Set(["day", "chosen", "only", "period", "asking", "spot", "area", "bounds"]);
  const WINDOWS = new Set(["day", "week", "all", "range"]);
  const TEXTS = ["actor", "place", "text", "selected"];
  const LISTS = ["types", "factuality", "ids"];
  const THEMES = new Set(["", "light", "dark"]);

  class State {
    constructor(period) {
      this.period = period;
      this.listeners = [];
      this.value = { ...DEFAULTS, day: period.day };
    }

    /** Call `listener(value, changed names)` after each change. */
    subscribe(listener) {
      this.listeners.push(listener);
    }

    set(patch) {
      const changed = new Set();
      for (const [name, value] of Object.entries(patch)) {
        if (JSON.stringify(this.value[name]) !== JSON.stringify(value)) changed.add(name);
      }
      if (!changed.size) return;
      this.value = { ...this.value, ...patch };
      for (const listener of this.listeners) listener(this.value, changed);
    }

    step(days) {
      this.set({ day: this.within(this.value.day + days) });
    }

    within(day) {
      return Math.min(Math.max(day, this.period.start), this.period.end);
    }

    /** The state for others (the address, a parent window): plain, days as text, only what differs from the start. */
    outer() {
      const shown = { day: atlas.isoDay(this.value.day) };
      for (const [name, usual] of Object.entries(DEFAULTS)) {
        const value = this.value[name];
        if (UNSHARED.has(name) || JSON.stringify(value) === JSON.stringify(usual)) continue;
        shown[name] = name === "from" ? atlas.isoDay(value) : value;
      }
      return shown;
    }

    /** Take a state from outside; what it does not name stays, what is no proper value is left out. */
    take(outer) {
      if (outer && typeof outer === "object") this.set(this.cleaned(outer));
    }

    cleaned(outer) {
      const patch = {};
      const span = Array.isArray(outer.period) ? outer.period.map((day) => atlas.dayOf(String(day))) : [];
      if (span.length === 2 && !span.includes(null) && span[0] <= span[1]) {
        this.period = { ...this.period, start: span[0], end: span[1] };
        Object.assign(patch, { period: span, day: this.within(this.value.day) });
      }
      if (typeof outer.only === "string") patch.only = outer.only;
      for (const name of ["day", "from"]) {
        const day = atlas.dayOf(String(outer[name]));
        if (day !== null) patch[name] = this.within(day);
      }
      for (const name of TEXTS) if (typeof outer[name] === "string") patch[name] = outer[name].slice(0, 200);
      for (const name of LISTS) {
        if (Array.isArray(outer[name])) patch[name] = outer[name].filter((item) => typeof item === "string");
      }
      for (const name of ["precision", "deaths"]) {
        const value = Number(outer[name]);
        if (name in outer && Number.isFinite(value)) patch[name] = Math.max(0, Math.round(value));
      }
      if (WINDOWS.has(outer.window)) patch.window = outer.window;
      if (["", "spot", "area"].includes(outer.asking)) patch.asking = outer.asking;
      for (const [name, size] of [["spot", 2], ["area", 4]]) {
        const value = outer[name];
        if (value === null || (Array.isArray(value) && value.length === size && value.every(Number.isFinite))) patch[name] = value;
      }
      if (THEMES.has(outer.theme)) patch.theme = outer.theme;
      if (typeof outer.language === "string") patch.language = outer.language;
      if (typeof outer.sizes === "boolean") patch.sizes = outer.sizes;
      if (Array.isArray(outer.view) && outer.view.length === 3 && outer.view.every(Number.isFinite)) {
        patch.view = outer.view;
      }
      return patch;
    }
  }

  Object.assign(atlas, { State, STATE_DEFAULTS: DEFAULTS });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
