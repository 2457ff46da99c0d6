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
      requestAnimationFrame(() => this.app.bring(row));
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
        texts.notes ? element("p", { class: "notes", lang: "en", dir: "auto" }, atlas.shorten(texts.notes, 4000)) : null,
        element("dl", {}, this.facts(row, texts).filter(Boolean)),
        accounts.length
          ? element("section", { class: "accounts" }, element("h3", {}, words.say("card.sources", { count: words.number(accounts.length) })),
            element("ul", {}, accounts))
          : null,
      ];
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

    where(row, texts) {
      const { events, words } = this;
      const local = events.at("place_name_local", row);
      const name = events.at("place_name", row) || events.at("toponym", row);
      const names = atlas.readsAs(words.language, local) ? [local, name] : [name, local];
      const doubt = events.at("uncertainty_km", row);
      const precision = events.at("geo_precision", row);
      const reason = texts.place_reason ? element("p", { class: "soft", lang: "en", dir: "auto" }, atlas.shorten(texts.place_reason, 1000)) : null;
      if (!events.placed(row)) return [name ? told(name) : null, element("p", {}, words.say("place.unknown")), reason];
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
        texts.control_reason ? element("p", { class: "soft", lang: "en", dir: "auto" }, atlas.shorten(texts.control_reason, 1000)) : null,
      ];
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
