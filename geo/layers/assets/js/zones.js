// Control zones: who holds what on a day, how much of it, and where sides meet.
(function (atlas) {
  "use strict";

  const CONTESTED = "contested";

  class ZoneTable {
    static async read(piece) {
      const table = new ZoneTable();
      const { columns, areas, shapes, labels, bridges } = await atlas.unpack(piece.zones);
      table.size = piece.size;
      table.controllers = piece.controllers;
      table.columns = atlas.columns(columns);
      table.areas = atlas.numbers(areas);
      table.shapes = new atlas.Shapes(shapes);
      table.labels = { names: labels.names, ...atlas.columns({ lon: labels.lon, lat: labels.lat, width: labels.width }) };
      table.bridges = { ...atlas.columns(bridges.columns), shapes: new atlas.Shapes(bridges.shapes) };
      table.days = new Map();
      table.lists = new Map();
      return table;
    }

    controller(zone) {
      return this.columns.controller.at(zone);
    }

    /** Who the zone's ground counts for: its controller, or `contested`. */
    side(zone) {
      return this.columns.status.at(zone) === CONTESTED ? CONTESTED : this.controller(zone);
    }

    /** Zones that are valid on a day: from included, to not. */
    active(day) {
      const known = this.days.get(day);
      if (known) return known;
      const { valid_from, valid_to } = this.columns;
      const active = [];
      for (let zone = 0; zone < this.size; zone++) {
        const end = valid_to.at(zone);
        if (valid_from.at(zone) <= day && (end === null || day < end)) active.push(zone);
      }
      const key = active.join();
      // The same zones are the same list, so that a day without a change can be told at a glance.
      if (!this.lists.has(key)) this.lists.set(key, active);
      this.days.set(day, this.lists.get(key));
      return this.days.get(day);
    }

    /** Names of the ground that somebody holds, or that is fought over, on a day. */
    namesOn(day) {
      return new Set(this.active(day).map((zone) => this.columns.name.at(zone)));
    }

    /** Area in km² of each controller on a day, contested ground apart. */
    held(day) {
      const areas = new Map(this.controllers.map(({ id }) => [id, 0]));
      for (const zone of this.active(day)) {
        const side = this.side(zone);
        areas.set(side, (areas.get(side) || 0) + this.areas[zone]);
      }
      return areas;
    }

    /** How much ground changed sides from the day before, in km². */
    changed(day) {
      const now = this.held(day);
      const before = this.held(day - 1);
      let change = 0;
      for (const [side, area] of now) change = Math.max(change, Math.abs(area - (before.get(side) || 0)));
      return this.active(day - 1).length ? change : 0;
    }

    /** Arcs of the frontline across gaps on a day, for `bridges.shapes`. */
    bridged(day) {
      const { valid_from, valid_to, shapes } = this.bridges;
      const covers = (row) => valid_from.at(row) <= day && (valid_to.at(row) === null || day < valid_to.at(row));
      return shapes.rings.flatMap((parts, row) => (covers(row) ? parts.map((part) => part[0]) : []));
    }

    /** Arcs between zones on a day: `front` of different controllers, `edge` of contested ground of the same one. */
    borders(day) {
      const first = new Map();
      const front = [];
      const edge = [];
      for (const zone of this.active(day)) {
        for (const ring of this.shapes.rings[zone]) {
          for (const reference of ring) {
            const arc = reference < 0 ? ~reference : reference;
            const other = first.get(arc);
            if (other === undefined) first.set(arc, zone);
            else if (this.controller(other) !== this.controller(zone)) front.push(arc);
            else if (this.side(other) !== this.side(zone)) edge.push(arc);
          }
        }
      }
      return { front, edge };
    }
  }

  Object.assign(atlas, { ZoneTable, CONTESTED });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
