// Which events pass the filters, and which of those lie in the time window.
(function (atlas) {
  "use strict";

  const FILTERS = ["types", "factuality", "precision", "deaths", "actor", "place", "text", "ids", "only", "period"];

  class Selection {
    constructor(table, search, state) {
      this.table = table;
      this.search = search;
      this.state = state;
      /** Passes every filter. */
      this.passing = new Uint8Array(table.size).fill(1);
      /** Passes every filter but that of types. */
      this.besides = new Uint8Array(table.size).fill(1);
      this.shown = new Uint8Array(table.size);
      this.rows = new Uint32Array(0);
      this.order();
      this.refresh(state.value, null);
    }

    /** Rows are sorted by first day, undated ones last: how far the dated go, and how long the longest lasts. */
    order() {
      const { start, end, size } = this.table;
      this.dated = size;
      while (this.dated > 0 && !this.table.dated(this.dated - 1)) this.dated--;
      this.longest = 0;
      for (let row = 0; row < this.dated; row++) this.longest = Math.max(this.longest, end[row] - start[row]);
      this.buffer = new Uint32Array(size);
      this.kinds = new Uint32Array(this.table.types.values.length);
    }

    get count() {
      return this.rows.length;
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
        only(this.table, value.ids),
        flagged(value.only),
        among(columns.factuality, value.factuality),
        either(columns.actor1, columns.actor2, value.actor),
        containing([columns.place_name, columns.place_name_local, columns.toponym], value.place),
        value.precision ? (row) => within(columns.geo_precision.at(row), value.precision) : null,
        value.deaths ? (row) => (deathsOf(columns, row) >= value.deaths ? 1 : 0) : null,
      ].filter(Boolean);
      const hits = this.search ? this.search.matches(value.text) : null;
      const types = among(columns.event_type, value.types) || (() => 1);
      for (let row = 0; row < size; row++) {
        let passes = hits ? hits[row] : 1;
        for (let i = 0; passes && i < tests.length; i++) passes = tests[i](row);
        this.besides[row] = passes;
        this.passing[row] = passes && types(row);
      }
    }

    /** Choose the rows of the time window. The order of rows leaves few to look at. */
    frame(value) {
      const [first, last] = atlas.windowOf(value, this.state.period);
      const { start, end, size } = this.table;
      const { codes } = this.table.types;
      const from = this.firstRow(first - this.longest);
      for (const row of this.rows) this.shown[row] = 0;
      this.kinds.fill(0);
      let count = 0;
      for (let row = from; row < size; row++) {
        if (row < this.dated && start[row] > last) row = this.dated;
        if (row >= size || (row >= this.dated && first !== -Infinity)) break;
        if (end[row] < first && row < this.dated) continue;
        if (this.besides[row]) this.kinds[codes[row]]++;
        if (!this.passing[row]) continue;
        this.shown[row] = 1;
        this.buffer[count++] = row;
      }
      this.rows = this.buffer.slice(0, count);
    }

    /** The first dated row that starts on a day or later. */
    firstRow(day) {
      let [low, high] = [0, this.dated];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.table.start[middle] < day) low = middle + 1;
        else high = middle;
      }
      return low;
    }
  }

  function only(table, ids) {
    if (!ids.length) return null;
    const wanted = new Set(ids.map((id) => table.row(id)));
    return (row) => (wanted.has(row) ? 1 : 0);
  }

  function flagged(text) {
    if (!text) return null;
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return (row) => (bytes[row >> 3] >> (row & 7)) & 1;
  }

  function within(precision, worst) {
    return precision !== null && precision <= worst ? 1 : 0;
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

  function containing(columns, wanted) {
    if (!wanted) return null;
    const part = atlas.plainText(wanted);
    const found = columns.map(({ codes, values }) =>
      [codes, Uint8Array.from(values, (value) => (atlas.plainText(value).includes(part) ? 1 : 0))]);
    return (row) => (found.some(([codes, good]) => good[codes[row]]) ? 1 : 0);
  }

  /** The number of dead that an event is drawn by: the best estimate, or the bound that is known; 0 for none. */
  function deathsOf(columns, row) {
    return columns.fatalities_best.at(row) ?? columns.fatalities_low.at(row) ?? columns.fatalities_high.at(row) ?? 0;
  }

  Object.assign(atlas, { Selection, deathsOf, FILTERS });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
