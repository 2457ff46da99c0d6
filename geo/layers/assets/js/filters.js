// Which events are wanted: the legend of types is their filter too.
(function (atlas) {
  "use strict";

  const { element, fill } = atlas;
  const DEATHS = [0, 1, 5, 10, 25, 50, 100];
  const ACTORS = 200;
  // Typing pauses this long before the search runs, in milliseconds.
  const PAUSE = 120;

  class Filters {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.node = element("section", { class: "filters" });
      this.search = this.searchField();
      this.build();
      this.state.subscribe((_, changed) => {
        if (changed.has("language") || this.app.filtered(changed)) this.build();
        else if (["day", "window", "from"].some((name) => changed.has(name))) this.tell();
      });
    }

    searchField() {
      let waiting = 0;
      const field = element("input", { type: "search", "data-testid": "search", autocomplete: "off", maxlength: 200 });
      field.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.state.set({ text: field.value }), PAUSE);
      });
      return field;
    }

    build() {
      const { words, state } = this;
      const label = words.say("search");
      this.search.setAttribute("placeholder", label);
      this.search.setAttribute("aria-label", label);
      if (document.activeElement !== this.search) this.search.value = state.value.text;
      const focused = this.node.contains(document.activeElement) ? document.activeElement.getAttribute("data-key") : null;
      const open = this.more ? this.more.open : false;
      this.more = element("details", { open }, element("summary", {}, words.say("filters.more")), this.choices());
      fill(this.node, this.types(), this.kept(), this.more, this.reset());
      this.tell();
      const again = focused && this.node.querySelector(`[data-key="${focused}"]`);
      if (again) again.focus();
    }

    /** How many events of each type the time window has, whether shown or not. */
    tell() {
      for (const [type, node] of this.counts) {
        const count = this.selection.kinds[this.events.types.values.indexOf(type)];
        node.textContent = this.words.number(count);
      }
    }

    types() {
      this.counts = new Map();
      const { words, events, state } = this;
      const present = events.types.values;
      const order = Object.keys(events.piece.marks).filter((type) => present.includes(type));
      const shown = new Set(state.value.types.length ? state.value.types : order);
      return element("fieldset", {}, element("legend", {}, words.say("filters.types")), order.map((type) => {
        const box = element("input", {
          type: "checkbox", "data-testid": "filter-type", "data-type": type, "data-key": `type-${type}`, checked: shown.has(type),
          on: { change: () => {
            if (box.checked) shown.add(type);
            else shown.delete(type);
            state.set({ types: shown.size === order.length ? [] : shown.size ? order.filter((one) => shown.has(one)) : ["none"] });
          } },
        });
        const count = element("span", { class: "number", "data-testid": "type-count" });
        this.counts.set(type, count);
        return element("label", { class: "type" }, box, this.app.layer.marks.icon(type, events.piece.marks),
          element("span", { class: "name" }, words.term("type", type)), count);
      }));
    }

    /** What is chosen by name and not by kind. */
    kept() {
      const { ids } = this.state.value;
      if (!ids.length) return null;
      return element("p", { class: "kept", "data-testid": "filter-ids" }, this.words.say("filters.ids", { count: this.words.number(ids.length) }),
        element("button", { type: "button", class: "plain", "data-key": "ids", on: { click: () => this.state.set({ ids: [] }) } }, this.words.say("list.all")));
    }

    choices() {
      const { words, events, state } = this;
      const { factuality, precision, deaths, actor } = state.value;
      const factualities = events.columns.factuality.values;
      const place = element("input", {
        type: "text", maxlength: 200, value: state.value.place, "data-testid": "filter-place", "data-key": "place",
        on: { change: () => state.set({ place: place.value }) },
      });
      return element("div", { class: "choices" },
        this.choice("actor", actor, [["", words.say("filters.any")], ...this.actors().map((name) => [name, atlas.shorten(name, 60)])],
          (value) => state.set({ actor: value })),
        element("label", {}, element("span", {}, words.say("filters.place")), place),
        this.choice("factuality", factuality[0] || "", [["", words.say("filters.any")], ...factualities.map((code) => [code, words.term("factuality", code)])],
          (value) => state.set({ factuality: value ? [value] : [] })),
        this.choice("precision", precision, [0, 1, 2].map((code) => [code, words.say(`precision.${code}`)]),
          (value) => state.set({ precision: Number(value) })),
        this.choice("deaths", deaths, DEATHS.map((count) => [count, count ? words.say("count.least", { count: words.number(count) }) : words.say("filters.any")]),
          (value) => state.set({ deaths: Number(value) })));
    }

    choice(name, current, options, act) {
      const select = element("select", { "data-testid": `filter-${name}`, "data-key": name, on: { change: () => act(select.value) } },
        options.map(([value, label]) => element("option", { value, selected: String(value) === String(current) }, label)));
      return element("label", {}, element("span", {}, this.words.say(`filters.${name}`)), select);
    }

    /** Actors by how often they act, the most frequent first. */
    actors() {
      if (!this.known) {
        const counts = new Map();
        for (const { values, codes } of [this.events.columns.actor1, this.events.columns.actor2]) {
          for (const code of codes) counts.set(values[code], (counts.get(values[code]) || 0) + 1);
        }
        counts.delete("");
        this.known = [...counts].sort((one, other) => other[1] - one[1]).slice(0, ACTORS).map(([name]) => name);
      }
      return this.known;
    }

    reset() {
      if (!this.app.filtering()) return null;
      const { types, factuality, precision, deaths, actor, place, text, ids } = atlas.STATE_DEFAULTS;
      return element("button", { type: "button", class: "plain", "data-testid": "filter-reset", "data-key": "reset",
        on: { click: () => { this.search.value = ""; this.state.set({ types, factuality, precision, deaths, actor, place, text, ids }); } } },
      this.words.say("filters.reset"));
    }
  }

  atlas.Filters = Filters;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
