// Which events pass the filters, and which of those lie in the time window.
(function (atlas) {
  "use strict";

  const FILTERS = ["types", "factuality", "precision", "deaths", "actor", "place", "text"];

  class Selection {
    constructor(table, search, state) {
      this.table = table;
      this.search = search;
      this.state = state;
      this.passing = new Uint8Array(table.size).fill(1);
      this.shown = new Uint8Array(table.size);
      this.count = 0;
      this.refresh(state.value, null);
    }

    /** Bring the selection up to date; `changed` null means all. Returns whether anything that is shown changed. */
    refresh(value, changed) {
      const filtered = !changed || FILTERS.some((name) => changed.has(name));
      if (filtered) this.filter(value);
      if (!filtered && !["day", "window", "from"].some((name) => changed.has(name))) return false;
      this.frame(value);
      return true;
    }

    filter(value) {
      const { columns, size } = this.table;
      const tests = [
        among(columns.event_type, value.types),
        among(columns.factuality, value.factuality),
        either(columns.actor1, columns.actor2, value.actor),
        containing(columns.place_name, value.place),
      ].filter(Boolean);
      const hits = this.search ? this.search.matches(value.text) : null;
      for (let row = 0; row < size; row++) {
        let passes = hits ? hits[row] : 1;
        for (let i = 0; passes && i < tests.length; i++) passes = tests[i](row);
        if (passes && value.precision) {
          const precision = columns.geo_precision.at(row);
          passes = precision !== null && precision <= value.precision ? 1 : 0;
        }
        if (passes && value.deaths) passes = deathsOf(columns, row) >= value.deaths ? 1 : 0;
        this.passing[row] = passes;
      }
    }

    frame(value) {
      const [first, last] = atlas.windowOf(value, this.state.period);
      const { start, end } = this.table;
      let count = 0;
      for (let row = 0; row < this.shown.length; row++) {
        const inside = this.passing[row] && start[row] <= last && end[row] >= first ? 1 : 0;
        this.shown[row] = inside;
        count += inside;
      }
      this.count = count;
    }
  }

  function among(column, wanted) {
    if (!wanted.length) return null;
    const good = Uint8Array.from(column.values, (value) => (wanted.includes(value) ? 1 : 0));
    return (row) => good[column.codes[row]];
  }

  function either(one, other, wanted) {
    if (!wanted) return null;
    const first = one.values.indexOf(wanted);
    const second = other.values.indexOf(wanted);
    return (row) => (one.codes[row] === first || other.codes[row] === second ? 1 : 0);
  }

  function containing(column, wanted) {
    if (!wanted) return null;
    const part = atlas.plainText(wanted);
    const good = Uint8Array.from(column.values, (value) => (atlas.plainText(value).includes(part) ? 1 : 0));
    return (row) => good[column.codes[row]];
  }

  /** The number of dead that an event is drawn by: the best estimate, or the bound that is known; 0 for none. */
  function deathsOf(columns, row) {
    return columns.fatalities_best.at(row) ?? columns.fatalities_low.at(row) ?? columns.fatalities_high.at(row) ?? 0;
  }

  Object.assign(atlas, { Selection, deathsOf, FILTERS });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
