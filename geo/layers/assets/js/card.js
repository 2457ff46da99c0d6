// The card of the chosen event: what is known, how surely, and in whose words.
(function (atlas) {
  "use strict";

  const { element, told, fill } = atlas;

  class Card {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.node = element("aside", { class: "card", hidden: true, "data-testid": "card", tabindex: "-1" });
      this.node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
      this.state.subscribe((_, changed) => {
        if (changed.has("selected") || changed.has("language")) this.show();
      });
    }

    close() {
      this.state.set({ selected: "" });
      if (this.opener && this.opener.isConnected) this.opener.focus();
    }

    async show() {
      const { selected } = this.state.value;
      const row = this.events.row(selected);
      this.node.hidden = row < 0;
      this.node.setAttribute("data-event-id", row < 0 ? "" : selected);
      if (row < 0) {
        fill(this.node);
        return;
      }
      const texts = await this.events.card(row);
      if (this.state.value.selected !== selected) return;
      if (!this.node.contains(document.activeElement)) this.opener = document.activeElement;
      fill(this.node, this.head(row), this.body(row, texts));
      this.node.setAttribute("aria-label", this.title(row));
      this.node.scrollTop = 0;
      this.node.focus({ preventScroll: true });
      // The card has taken some of the map's room.
      requestAnimationFrame(() => this.app.sight.bring(row));
    }

    title(row) {
      return this.words.term("sub", this.events.at("sub_event_type", row));
    }

    head(row) {
      const { words, events } = this;
      const type = events.at("event_type", row);
      const label = words.say("card.close");
      return element("header", {},
        this.app.layer.marks.icon(type, events.piece.marks),
        element("div", {}, element("h2", {}, this.title(row)), element("p", { class: "soft" }, words.term("type", type))),
        element("button", { type: "button", class: "close", "data-testid": "card-close", "aria-label": label, title: label,
          on: { click: () => this.close() } }, "×"));
    }

    body(row, texts) {
      const { words } = this;
      const documents = this.app.documents;
      const accounts = texts.accounts.map((account) =>
        atlas.accountOf(account, documents[account.document_id] || "", words));
      return [
        element("p", { class: "notes" }, this.note(row, texts)),
        element("dl", {}, this.facts(row, texts).filter(Boolean)),
        accounts.length
          ? element("section", { class: "accounts" }, element("h3", {}, words.say("card.sources", { count: words.number(accounts.length) })),
            element("ul", {}, accounts))
          : null,
      ];
    }

    /** One sentence of the event: the stored one, which is English, or one made of its fields in the reader's words. */
    note(row, texts) {
      const { words, events } = this;
      if (words.language === "en" && texts.notes) return told(atlas.shorten(texts.notes, 4000));
      const factuality = events.at("factuality", row);
      const standing = factuality === "asserted" ? "" : ` (${words.term("factuality", factuality)})`;
      const place = this.placeNames(row)[0] || words.say("place.unknown");
      const counts = ["fatalities", "injured"].map((name) => [name, this.range(row, name)]).filter(([, range]) => range);
      const sentences = [
        [this.title(row) + standing, place, events.dated(row) ? words.span(events.start[row], events.end[row]) : words.say("date.unknown")]
          .join(words.say("note.comma")),
        ...counts.map(([name, range]) => words.say(`note.${name}`, { count: range })),
      ];
      return told(`${sentences.join(". ")}.`);
    }

    /** Why a value is what it is: a sentence in the reader's words, and the stored one, which is English, behind it. */
    reason(said, stored) {
      if (!stored) return null;
      const sentence = element("p", { class: "soft", lang: "en", dir: "auto" }, atlas.shorten(stored, 1000));
      if (this.words.language === "en") return sentence;
      return [said ? element("p", { class: "soft" }, said) : null,
        element("details", { class: "soft" }, element("summary", {}, this.words.say("reason.english")), sentence)];
    }

    facts(row, texts) {
      return [
        this.fact("when", this.when(row)),
        this.fact("where", this.where(row, texts)),
        this.fact("actors", this.actors(row)),
        this.fact("killed", this.range(row, "fatalities")),
        this.fact("injured", this.range(row, "injured")),
        this.fact("control", this.control(row, texts)),
        this.fact("factuality", this.factuality(row)),
        this.fact("weapon", this.text("weapon", row)),
        this.fact("tags", this.tags(row)),
        this.fact("confidence", this.confidence(row)),
      ];
    }

    fact(name, value) {
      if (!value || (Array.isArray(value) && !value.length)) return null;
      return [element("dt", {}, this.words.say(`card.${name}`)), element("dd", { "data-fact": name }, value)];
    }

    text(column, row) {
      const value = this.events.at(column, row);
      return value ? told(value) : null;
    }

    when(row) {
      const { events, words } = this;
      if (!events.dated(row)) return words.say("date.unknown");
      const precision = events.at("time_precision", row);
      return [words.span(events.start[row], events.end[row]),
        precision > 1 ? element("span", { class: "soft" }, ` · ${words.say(`time.${precision}`)}`) : null];
    }

    /** The place's names, the one in the reader's script first. */
    placeNames(row) {
      const { events, words } = this;
      const local = events.at("place_name_local", row);
      const name = events.at("place_name", row) || events.at("toponym", row);
      return atlas.readsAs(words.language, local) ? [local, name] : [name, local];
    }

    where(row, texts) {
      const { events, words } = this;
      const names = this.placeNames(row);
      const doubt = events.at("uncertainty_km", row);
      const precision = events.at("geo_precision", row);
      const reason = this.reason("", texts.place_reason);
      if (!events.placed(row)) return [names[0] ? told(names[0]) : null, element("p", {}, words.say("place.unknown")), reason];
      return [
        told(names[0]), names[1] && names[1] !== names[0] ? element("span", { class: "soft" }, " ", told(names[1])) : null,
        element("p", { class: "soft" }, [
          precision ? words.say(`place.${precision}`) : "",
          doubt === null ? "" : words.say("place.within", { km: words.decimal(doubt) }),
        ].filter(Boolean).join(" · ")), reason];
    }

    actors(row) {
      const one = this.text("actor1", row);
      const other = this.text("actor2", row);
      if (!one && !other) return null;
      const arrow = this.words.direction === "rtl" ? " ← " : " → ";
      return [one || this.words.say("actor.unknown"), other ? [arrow, other] : null];
    }

    /** Low to high, and the best estimate where it is neither. */
    range(row, name) {
      const { words } = this;
      const [low, best, high] = ["low", "best", "high"].map((bound) => this.events.at(`${name}_${bound}`, row));
      const value = (number) => words.number(number);
      if (low === null && best === null && high === null) return null;
      if (low !== null && high !== null) {
        const span = low === high ? value(low) : `${value(low)}–${value(high)}`;
        return best !== null && best !== low && best !== high ? `${span} (${words.say("card.best")} ${value(best)})` : span;
      }
      if (low !== null && best === null) return words.say("count.least", { count: value(low) });
      if (high !== null && best === null) return words.say("count.most", { count: value(high) });
      if (low !== null && low !== best) return `${value(low)}–${value(best)}`;
      return low !== null ? words.say("count.least", { count: value(low) }) : value(best);
    }

    control(row, texts) {
      const { events, words } = this;
      const distance = events.at("frontline_km", row);
      return [
        element("strong", { "data-control": atlas.shorten(events.at("control", row), 100) }, told(this.app.controllerName(events.at("control", row)))),
        distance === null ? null : element("span", { class: "soft" }, ` · ${words.say("card.frontline", { km: words.decimal(distance) })}`),
        this.reason(this.groundReason(row), texts.control_reason),
      ];
    }

    groundReason(row) {
      const { events, words } = this;
      const control = events.at("control", row);
      if (control === "contested" || control === "uncertain") return words.say(`reason.${control}`);
      if (control !== "unknown") return words.say("reason.held", { side: this.app.controllerName(control) });
      return words.say(!events.placed(row) ? "place.unknown" : events.dated(row) ? "reason.unknown" : "date.unknown");
    }

    factuality(row) {
      const said = this.text("attribution", row);
      return [this.words.term("factuality", this.events.at("factuality", row)),
        said ? element("span", { class: "soft" }, ` · ${this.words.say("card.says")} `, said) : null];
    }

    tags(row) {
      const tags = this.events.at("tags", row).split(";").filter(Boolean);
      return tags.map((tag) => element("span", { class: "tag" }, this.words.term("tag", tag)));
    }

    confidence(row) {
      const { words } = this;
      const value = this.events.at("confidence", row);
      if (value === null) return null;
      const review = this.events.at("review", row);
      return [words.percent(value),
        review === "unreviewed" ? null : element("span", { class: "soft" }, ` · ${words.term("review", review)}`)];
    }
  }

  atlas.Card = Card;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
