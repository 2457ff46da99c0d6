// Days are whole numbers since 1970-01-01, in no time zone.
(function (atlas) {
  "use strict";

  const LENGTH = 86400000;

  /** `2016-11-20` of a day; "" of null. */
  function isoDay(day) {
    return day === null ? "" : new Date(day * LENGTH).toISOString().slice(0, 10);
  }

  /** The day of `2016-11-20`; null where the text is none. */
  function dayOf(text) {
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
    return Number.isNaN(time) ? null : Math.round(time / LENGTH);
  }

  /** First and last day of the time window that ends on a day; undated events belong to `all` alone. */
  function windowOf(state, period) {
    if (state.window === "week") return [state.day - 6, state.day];
    if (state.window === "all") return [-Infinity, state.day];
    if (state.window === "range") return [state.from === null ? period.start : state.from, state.day];
    return [state.day, state.day];
  }

  Object.assign(atlas, { isoDay, dayOf, windowOf, dateOf: (day) => new Date(day * LENGTH) });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
