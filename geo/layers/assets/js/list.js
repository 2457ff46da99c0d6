// The events of the time window as a list: the way to them for keyboards and screen readers.
(function (atlas) {
  "use strict";

  const { element, fill } = atlas;
  // Built at once, so that a step of the day is quick; and in idle moments after it.
  const FIRST = 24;
  const IDLE = 150;
  // A shared address has room for so many identifiers.
  const MOST_KEPT = 200;

  class List {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.count = element("p", { class: "count", "data-testid": "event-count", role: "status" });
      this.items = element("ul", { class: "events", on: { keydown: (event) => this.step(event) } });
      this.scroller = element("div", { class: "scroller", on: { scroll: () => { this.scrolled = true; this.more(); } } }, this.items);
      this.node = element("div", { class: "list" }, this.count, this.scroller);
      this.stale = true;
      this.state.subscribe((_, changed) => {
        if (["day", "window", "from", "chosen", "language"].some((name) => changed.has(name)) || this.app.filtered(changed)) {
          this.show();
        } else if (changed.has("selected")) this.mark();
      });
    }

    show() {
      const { chosen } = this.state.value;
      this.rows = chosen ? chosen.filter((row) => this.selection.shown[row]) : this.selection.rows;
      this.built = 0;
      fill(this.items, this.rows.length ? null : element("li", { class: "nothing", "data-testid": "list-empty" }, this.words.say("list.empty")));
      // To read where it stands would lay out the page.
      if (this.scrolled) this.scroller.scrollTop = 0;
      this.scrolled = false;
      this.say();
      this.extend(FIRST);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.extend(IDLE - FIRST), 250);
    }

    say() {
      const { words } = this;
      let absent = 0;
      for (const row of this.rows) if (!this.events.placed(row)) absent++;
      const key = this.state.value.chosen ? "list.here" : "events.count";
      fill(this.count, words.say(key, { count: words.number(this.rows.length) }),
        absent ? ` · ${words.say("list.unplaced", { count: words.number(absent) })}` : null,
        this.state.value.chosen
          ? [this.button("list.all", () => this.state.set({ chosen: null })),
            this.button("list.only", () => this.state.set({ ids: this.rows.slice(0, MOST_KEPT).map((row) => this.events.id(row)) }))]
          : null);
    }

    button(key, act) {
      return element("button", { type: "button", class: "plain", "data-testid": key.replace(".", "-"), on: { click: act } }, this.words.say(key));
    }

    /** Build the next items when the end of the list comes near. */
    more() {
      const { scrollTop, scrollHeight, clientHeight } = this.scroller;
      if (scrollHeight - scrollTop < 3 * clientHeight) this.extend(IDLE);
    }

    extend(count) {
      const batch = Array.from(this.rows.slice(this.built, this.built + count));
      this.items.append(...batch.map((row) => this.item(row)));
      this.built += batch.length;
      this.mark();
    }

    item(row) {
      const { events, words } = this;
      const deaths = atlas.deathsOf(events.columns, row);
      const local = events.at("place_name_local", row);
      const name = atlas.readsAs(words.language, local) ? local : events.at("place_name", row);
      const place = name || events.at("toponym", row) || words.say("place.unknown");
      return element("li", {}, element("button", {
        type: "button", class: "event", tabindex: "-1", "data-testid": "event-item", "data-event-id": events.id(row),
        on: { click: () => { this.app.shell.closeSide(); this.app.choose(row); } },
      },
      this.app.layer.marks.icon(events.at("event_type", row), events.piece.marks),
      element("span", { class: "what" }, words.term("sub", events.at("sub_event_type", row))),
      element("span", { class: "when" }, events.dated(row) ? words.shortDate(events.start[row], this.state.period) : "?"),
      element("bdi", { class: "where", dir: "auto" }, atlas.shorten(place, 80)),
      deaths ? element("span", { class: "dead" }, words.say("list.dead", { count: words.number(deaths) })) : null));
    }

    mark() {
      const { selected } = this.state.value;
      for (const button of this.items.querySelectorAll('[aria-current="true"]')) button.removeAttribute("aria-current");
      const buttons = [...this.items.querySelectorAll(".event")];
      const button = selected && buttons.find(({ dataset }) => dataset.eventId === selected);
      if (button) button.setAttribute("aria-current", "true");
      this.stop(button || buttons[0]);
    }

    /** Make one event the list's only stop of the Tab key: past hundreds of them nobody would reach the map. */
    stop(button) {
      for (const other of this.items.querySelectorAll('.event[tabindex="0"]')) other.tabIndex = -1;
      if (button) button.tabIndex = 0;
    }

    /** Go through the list with the arrow keys. */
    step(event) {
      const buttons = [...this.items.querySelectorAll(".event")];
      const at = buttons.indexOf(document.activeElement);
      const to = buttons[{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]];
      if (at < 0 || !to) return;
      event.preventDefault();
      event.stopPropagation();
      this.stop(to);
      to.focus();
    }
  }

  atlas.List = List;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
