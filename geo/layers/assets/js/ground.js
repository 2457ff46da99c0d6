// A note on the zone under a click: who holds it, since when, and who says so.
(function (atlas) {
  "use strict";

  const { element, fill, told } = atlas;

  class Ground {
    constructor(map, zones, layer, app) {
      Object.assign(this, { map, zones, layer, app });
      this.node = element("div", { class: "zone-note", hidden: true, role: "status", "data-testid": "zone-note" });
      L.DomEvent.disableClickPropagation(this.node);
      map.getContainer().append(this.node);
      app.state.subscribe(() => this.hide());
      map.on("movestart", () => this.hide());
    }

    hide() {
      this.node.hidden = true;
    }

    /** Show the note at a point of the map's container; hide it where no zone lies or it is shown already. */
    toggle(point) {
      const zone = this.node.hidden ? this.layer.under(point) : -1;
      this.node.hidden = zone < 0;
      if (zone < 0) return;
      const { words } = this.app;
      const { columns } = this.zones;
      const text = (name) => columns[name].at(zone);
      const side = this.zones.side(zone);
      const holder = this.app.controllerName(text("controller"));
      fill(this.node,
        text("name") ? element("strong", {}, told(text("name"))) : null,
        element("p", {}, told(holder), side === atlas.CONTESTED ? ` · ${words.say("control.contested")}` : null),
        element("p", { class: "soft" }, words.say("zone.since", { day: words.date(columns.valid_from.at(zone)) }),
          ` · ${words.say("unit.km2", { area: words.decimal(this.zones.areas[zone]) })}`),
        text("note") ? element("p", { dir: "auto" }, atlas.shorten(text("note"), 600)) : null,
        text("source") ? element("p", { class: "soft", dir: "auto" }, atlas.shorten(text("source"), 300)) : null);
      const size = this.map.getSize();
      this.node.style.left = `${Math.max(4, Math.min(point.x + 8, size.x - 270))}px`;
      this.node.style.top = `${Math.max(4, Math.min(point.y + 8, size.y - this.node.offsetHeight - 4))}px`;
    }
  }

  atlas.Ground = Ground;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
