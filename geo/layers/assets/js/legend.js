// Who holds how much on the day shown, and what the marks mean.
(function (atlas) {
  "use strict";

  const { element, fill } = atlas;

  class Legend {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.areas = element("ul", { class: "areas" });
      this.node = element("details", { class: "legend", open: matchMedia("(min-width: 700px)").matches });
      this.build();
      this.state.subscribe((_, changed) => {
        if (changed.has("language")) this.build();
        else if (changed.has("day") && this.zones && this.zones.active(this.state.value.day) !== this.shown) this.show();
      });
    }

    build() {
      const { words, state } = this;
      const sizes = element("input", {
        type: "checkbox", checked: state.value.sizes, on: { change: () => state.set({ sizes: sizes.checked }) },
      });
      fill(this.node, element("summary", {}, words.say("legend.name")),
        this.zones ? [element("h2", {}, words.say("legend.held")), this.areas] : null,
        element("details", { class: "signs", open: this.signs ? this.signs.open : !this.zones },
          element("summary", {}, words.say("legend.signs")),
          element("ul", {},
            this.zones ? sign("front", words.say("legend.front")) : null,
            sign("doubt", words.say("legend.doubt")),
            sign("claimed", words.say("legend.claimed")),
            sign("hollow", words.say("legend.hollow")),
            sign("cluster", words.say("legend.cluster"))),
          element("label", { class: "sizes" }, sizes, words.say("legend.sizes"))));
      this.signs = this.node.querySelector(".signs");
      this.show();
    }

    show() {
      if (!this.zones) return;
      this.shown = this.zones.active(this.state.value.day);
      const held = this.zones.held(this.state.value.day);
      const total = [...held.values()].reduce((sum, area) => sum + area, 0);
      fill(this.areas, [...held].map(([side, area]) => this.row(side, area, total)));
    }

    row(side, area, total) {
      const { words } = this;
      const share = total ? area / total : 0;
      return element("li", { "data-testid": "legend-area", "data-controller": side, "data-area-km2": area.toFixed(3) },
        this.swatch(side), element("span", { class: "side-name" }, atlas.told(this.app.controllerName(side))),
        element("span", { class: "area" }, words.say("unit.km2", { area: words.decimal(area) })),
        element("span", { class: "share" }, words.percent(share)));
    }

    swatch(side) {
      const { looks } = this.app.zoneLayer;
      if (side !== atlas.CONTESTED) return atlas.swatch(looks.get(side).colour, looks.get(side).held);
      const [first] = looks.values();
      return atlas.swatch("#8a8a8a", first.contested);
    }
  }

  function sign(name, text) {
    return element("li", {}, element("span", { class: `sign ${name}`, "aria-hidden": "true" }), text);
  }

  atlas.Legend = Legend;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
