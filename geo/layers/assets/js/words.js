// The words of the interface in the reader's language, and its way of writing dates and numbers.
(function (atlas) {
  "use strict";

  const RIGHT_TO_LEFT = new Set(["ar"]);
  // Western digits in every language: the map's own counts and the quoted figures then look the same.
  const LOCALES = { ar: "ar-u-nu-latn", en: "en-GB" };

  class Words {
    constructor(tables) {
      this.tables = tables;
      this.use("en");
    }

    get languages() {
      return Object.keys(this.tables);
    }

    use(language) {
      this.language = this.tables[language] ? language : "en";
      this.direction = RIGHT_TO_LEFT.has(this.language) ? "rtl" : "ltr";
      const locale = LOCALES[this.language] || this.language;
      const day = { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" };
      this.dates = new Intl.DateTimeFormat(locale, day);
      this.shortDates = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
      this.yearDates = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
      this.months = new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "short", year: "numeric" });
      this.whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
      this.shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
      this.tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    }

    /** The words for a key, with `{name}` filled in; a key without words shows as itself. */
    say(key, values) {
      const text = this.tables[this.language][key] || this.tables.en[key] || key;
      return values ? text.replace(/\{(\w+)\}/g, (_, name) => String(values[name])) : text;
    }

    /** The words for a code of a vocabulary (`sub.armed_clash`); one without words is spelt out. */
    term(group, code) {
      const key = `${group}.${code}`;
      return this.tables[this.language][key] || this.tables.en[key] || String(code).replaceAll("_", " ");
    }

    date(day) {
      return this.dates.format(atlas.dateOf(day));
    }

    /** Day and month, and the year where the days around it are of more than one. */
    shortDate(day, { start, end } = { start: day, end: day }) {
      const among = [start, end].map((edge) => atlas.dateOf(edge).getUTCFullYear());
      return (among[0] === among[1] ? this.shortDates : this.yearDates).format(atlas.dateOf(day));
    }

    /** A span of days as long as its ends differ. */
    span(start, end) {
      if (start === null) return this.say("date.unknown");
      if (end === null || end === start) return this.date(start);
      return this.dates.formatRange(atlas.dateOf(start), atlas.dateOf(end));
    }

    number(value) {
      return this.whole.format(value);
    }

    percent(share) {
      return this.shares.format(share);
    }

    decimal(value) {
      return this.tenths.format(value);
    }
  }

  atlas.Words = Words;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
