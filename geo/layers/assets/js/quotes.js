// What each source says: its quoted words, and where the report's text is at hand, the words marked in it.
(function (atlas) {
  "use strict";

  const { element, told, link } = atlas;
  // Characters of a report that are shown at once: a browser needs minutes to break a line of a million letters.
  const LONGEST = 40000;

  /** One account of an event. `text` is the document's, "" where it is not in the file. */
  function accountOf(account, text, words) {
    const published = atlas.dayOf(String(account.published));
    const head = element("div", { class: "source" },
      account.url ? link(account.url, account.source || account.url) : told(account.source || account.document_id),
      published === null ? null : element("span", { class: "soft" }, ` · ${words.date(published)}`),
      account.attribution ? element("span", { class: "soft" }, ` · ${words.say("card.says")} `, told(account.attribution)) : null);
    const evidence = evidenceOf(account);
    return element("li", { class: "account", "data-document-id": atlas.shorten(account.document_id, 200) }, head,
      element("ul", { class: "quotes" }, quotesOf(evidence, words)), text ? reportOf(text, evidence, words) : null);
  }

  function label(field, words) {
    return atlas.shorten(words.term("field", field), 60);
  }

  function evidenceOf(account) {
    const list = Array.isArray(account.evidence) ? account.evidence : [];
    return list.filter((quote) => quote && typeof quote.text === "string");
  }

  /** The same words often carry several fields: they are shown once, with the fields beside them. */
  function quotesOf(evidence, words) {
    const groups = new Map();
    for (const quote of evidence) {
      const key = `${quote.start}:${quote.text}`;
      if (!groups.has(key)) groups.set(key, { ...quote, fields: [] });
      groups.get(key).fields.push(String(quote.field));
    }
    const ordered = [...groups.values()].sort((one, other) => one.start - other.start);
    return ordered.map((quote) => element("li", {},
      element("q", { "data-testid": "evidence", "data-field": quote.fields.join(" "), dir: "auto" }, atlas.shorten(quote.text, 4000)),
      element("span", { class: "fields" }, quote.fields.map((field) => label(field, words)).join(", "))));
  }

  /** The report's text with the quoted words marked. Offsets count code points, as in the record. */
  function reportOf(text, evidence, words) {
    const letters = Array.from(text);
    const marks = evidence.filter(({ start, end }) => start >= 0 && start < end && end <= letters.length);
    const from = letters.length > LONGEST && marks.length ? Math.max(0, Math.min(...marks.map(({ start }) => start)) - 1000) : 0;
    const to = Math.min(letters.length, from + LONGEST);
    const inside = marks.flatMap(({ start, end }) => [start, end]).filter((border) => border > from && border < to);
    const borders = [...new Set([from, to, ...inside])].sort((one, other) => one - other);
    const parts = [from ? "… " : ""];
    for (let at = 0; at + 1 < borders.length; at++) {
      const [start, end] = [borders[at], borders[at + 1]];
      const fields = marks.filter((mark) => mark.start <= start && end <= mark.end).map(({ field }) => String(field));
      const stretch = letters.slice(start, end).join("");
      parts.push(fields.length
        ? element("mark", { "data-field": fields.join(" "), title: fields.map((field) => label(field, words)).join(", ") }, stretch)
        : stretch);
    }
    const body = element("div", { class: "report", "data-testid": "document-text", dir: "auto", tabindex: "0",
      role: "group", "aria-label": words.say("card.report") }, parts, to < letters.length ? " …" : "");
    const first = body.querySelector("mark");
    const box = element("details", { open: true }, element("summary", {}, words.say("card.report")), body);
    if (first) requestAnimationFrame(() => { body.scrollTop = first.offsetTop - body.offsetTop - 40; });
    return box;
  }

  atlas.accountOf = accountOf;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
