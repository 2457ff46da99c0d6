// Free text over places, actors, types, notes and quoted words: every word has to occur somewhere in the event.
(function (atlas) {
  "use strict";

  const FIELDS = ["place_name", "place_name_local", "toponym", "admin1", "actor1", "actor2", "weapon", "attribution", "tags"];
  // Quoted words are searched too where the file is small enough to keep them all unpacked.
  const QUOTED_BELOW = 20000;

  /** Letters without case and accents; Arabic without vowel signs and with plain alif. */
  function plain(text) {
    return String(text).normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
      .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627").replaceAll("_", " ").toLowerCase();
  }

  class Search {
    constructor(table, words) {
      this.table = table;
      this.words = words;
      this.notes = null;
      this.folded = new Map();
    }

    /** Unpack the texts in the background; searches before that look at the columns alone. */
    async prepare() {
      const notes = new Array(this.table.size).fill("");
      let row = 0;
      for (let index = 0; index < this.table.piece.cards.length; index++) {
        const pack = await this.table.pack(index);
        for (let at = 0; at < pack.notes.length; at++, row++) {
          notes[row] = plain(pack.notes[at]);
          if (this.table.size <= QUOTED_BELOW) notes[row] += ` ${quotesOf(pack.accounts[at])}`;
        }
        // Let the page breathe between packs.
        await new Promise((resolve) => setTimeout(resolve));
        // A pack is megabytes of text in a large file; cards unpack theirs again.
        if (this.table.size > QUOTED_BELOW) this.table.packs[index] = undefined;
      }
      this.notes = notes;
    }

    /** One byte a row: whether the query matches; null for an empty query. */
    matches(query) {
      const tokens = plain(query).split(/\s+/).filter(Boolean);
      if (!tokens.length) return null;
      const hits = new Uint8Array(this.table.size).fill(1);
      for (const token of tokens) this.narrow(hits, token);
      return hits;
    }

    narrow(hits, token) {
      const fields = FIELDS.map((name) => [this.table.columns[name].codes, this.matching(name, token)])
        .concat([[this.table.columns.sub_event_type.codes, this.matchingTypes(token)]])
        .filter(([, matching]) => matching.includes(1));
      for (let row = 0; row < hits.length; row++) {
        if (!hits[row]) continue;
        let found = 0;
        for (const [codes, matching] of fields) if (matching[codes[row]]) { found = 1; break; }
        if (!found && this.notes !== null && this.notes[row].includes(token)) found = 1;
        if (!found && this.table.id(row) === token) found = 1;
        hits[row] = found;
      }
    }

    matching(name, token) {
      if (!this.folded.has(name)) this.folded.set(name, this.table.columns[name].values.map(plain));
      return Uint8Array.from(this.folded.get(name), (value) => (value.includes(token) ? 1 : 0));
    }

    matchingTypes(token) {
      const { values } = this.table.columns.sub_event_type;
      return Uint8Array.from(values, (code) => (plain(this.words.term("sub", code)).includes(token) ? 1 : 0));
    }
  }

  function quotesOf(text) {
    const parts = atlas.accountsOf(text).map((account) => {
      const words = Array.isArray(account.evidence) ? account.evidence.map((quote) => quote && quote.text) : [];
      return [account.source, ...words].join(" ");
    });
    return plain(parts.join(" "));
  }

  Object.assign(atlas, { Search, plainText: plain });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
