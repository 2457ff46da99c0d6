// One control of the day: slider, steps, play, speed, and how many days are shown at once.
(function (atlas) {
  "use strict";

  const { element, drawing } = atlas;
  const PACES = { slow: 1500, usual: 800, fast: 300 };
  const SHOWN = ["day", "window", "from"];
  const SHAPES = {
    play: "M6 4 20 12 6 20Z",
    pause: "M6 4h4v16H6ZM14 4h4v16h-4Z",
    back: "M6 4h2v16H6ZM19 4 9 12l10 8Z",
    next: "M16 4h2v16h-2ZM5 4l10 8-10 8Z",
  };

  class Timeline {
    constructor(events, selection, zones, state, words) {
      Object.assign(this, { state, words, selection, zones });
      // Of ground alone there are no events to count, nor any to show of a week.
      this.bare = zones && zones.size && !events.size;
      this.pace = matchMedia("(prefers-reduced-motion: reduce)").matches ? "slow" : "usual";
      this.playing = 0;
      this.histogram = new atlas.Histogram(events, selection, zones, state, words);
      this.node = element("section", { class: "timeline", "data-testid": "timeline" });
      this.build();
      state.subscribe((_, changed) => {
        if (atlas.FILTERS.concat("language", "theme").some((name) => changed.has(name))) this.histogram.recount();
        if (changed.has("language") || changed.has("period")) this.build();
        else if (SHOWN.concat(atlas.FILTERS).some((name) => changed.has(name))) this.show();
      });
    }

    build() {
      const { words } = this;
      this.node.setAttribute("aria-label", words.say("timeline.name"));
      this.day = element("output", { class: "day", "data-testid": "timeline-day", "aria-live": "polite" });
      this.facts = element("span", { class: "facts" });
      this.slider = element("input", {
        type: "range", min: this.state.period.start, max: this.state.period.end, step: 1,
        "data-testid": "timeline-slider", "aria-label": words.say("timeline.day"),
        on: { input: () => this.state.set({ day: Number(this.slider.value) }) },
      });
      this.playButton = this.button("play", () => this.toggle());
      const steps = element("div", { class: "steps" },
        this.button("back", () => this.step(-1)), this.playButton, this.button("next", () => this.step(1)));
      this.windows = this.choice("window", ["day", "week", "all", "range"], this.state.value.window, (value) =>
        this.state.set({ window: value, from: value === "range" ? this.state.value.from ?? this.state.period.start : null }));
      const paces = this.choice("pace", Object.keys(PACES), this.pace, (value) => { this.pace = value; });
      atlas.fill(this.node,
        element("div", { class: "timeline-head" }, steps,
          element("div", { class: "now" }, this.day, this.facts), ...(this.bare ? [] : [this.windows]), paces),
        element("div", { class: "timeline-track", dir: "ltr" }, this.histogram.canvas, this.slider));
      this.histogram.canvas.setAttribute("aria-label", words.say("timeline.histogram"));
      this.show();
    }

    button(name, act) {
      const label = this.words.say(`timeline.${name}`);
      return element("button", {
        type: "button", class: `round ${name}`, "data-testid": `timeline-${name}`, "aria-label": label, title: label,
        on: { click: act },
      }, drawing("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, drawing("path", { d: SHAPES[name] })));
    }

    choice(name, values, current, act) {
      const options = values.map((value) =>
        element("option", { value, selected: value === current }, this.words.say(`${name}.${value}`)));
      const select = element("select", {
        "data-testid": `timeline-${name}`, "aria-label": this.words.say(`timeline.${name}`),
        on: { change: () => act(select.value) },
      }, options);
      return select;
    }

    step(days) {
      this.stop();
      this.state.step(days);
    }

    toggle() {
      if (this.playing) {
        this.stop();
        return;
      }
      if (this.state.value.day >= this.state.period.end) this.state.set({ day: this.state.period.start });
      // Screen readers would be told every day while it runs; the last one is enough.
      this.day.setAttribute("aria-live", "off");
      this.playing = setTimeout(() => this.tick(), PACES[this.pace]);
      this.show();
    }

    tick() {
      this.state.step(1);
      this.playing = this.state.value.day < this.state.period.end ? setTimeout(() => this.tick(), PACES[this.pace]) : 0;
      if (!this.playing) this.stop();
    }

    stop() {
      clearTimeout(this.playing);
      this.playing = 0;
      this.day.setAttribute("aria-live", "polite");
      this.show();
    }

    show() {
      const { value } = this.state;
      const { words } = this;
      this.slider.value = String(value.day);
      this.slider.setAttribute("aria-valuetext", words.date(value.day));
      this.day.textContent = words.date(value.day);
      this.day.setAttribute("data-day", atlas.isoDay(value.day));
      const facts = this.bare ? [] : [words.say("events.count", { count: words.number(this.selection.count) })];
      const changed = this.histogram.changes.get(value.day);
      if (changed) facts.push(words.say("timeline.changed", { area: words.decimal(changed) }));
      this.facts.textContent = facts.join(" · ");
      this.windows.value = value.window;
      const state = this.playing ? "pause" : "play";
      const label = words.say(`timeline.${state}`);
      this.playButton.setAttribute("aria-label", label);
      this.playButton.setAttribute("title", label);
      this.playButton.querySelector("path").setAttribute("d", SHAPES[state]);
      this.histogram.draw();
    }
  }

  atlas.Timeline = Timeline;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
