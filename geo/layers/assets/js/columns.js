// The events as columns, sorted by first day.
(function (atlas) {
  "use strict";

  const UNDATED = -0x7fffffff;

  class EventTable {
    static async read(piece) {
      const table = new EventTable();
      table.piece = piece;
      table.size = piece.size;
      table.columns = atlas.columns(await atlas.unpack(piece.columns));
      table.types = table.columns.event_type;
      table.place();
      table.date();
      table.rows = null;
      table.packs = [];
      table.regionIds = piece.regions ? piece.regions.ids : [];
      table.regionShapes = piece.regions ? new atlas.Shapes(await atlas.unpack(piece.regions.shapes)) : null;
      return table;
    }

    /** World coordinates of Web Mercator in pixels at zoom 0; NaN for events that could not be placed. */
    place() {
      const { lon, lat } = this.columns;
      this.x = new Float64Array(this.size);
      this.y = new Float64Array(this.size);
      for (let row = 0; row < this.size; row++) {
        const east = lon.at(row);
        this.x[row] = east === null ? NaN : atlas.worldX(east);
        this.y[row] = east === null ? NaN : atlas.worldY(lat.at(row));
      }
    }

    date() {
      const { date_start, date_end } = this.columns;
      this.start = new Int32Array(this.size);
      this.end = new Int32Array(this.size);
      for (let row = 0; row < this.size; row++) {
        const first = date_start.at(row);
        this.start[row] = first === null ? UNDATED : first;
        this.end[row] = first === null ? UNDATED : date_end.at(row) ?? first;
      }
    }

    at(name, row) {
      return this.columns[name].at(row);
    }

    id(row) {
      return this.columns.event_id.values[row];
    }

    dated(row) {
      return this.start[row] !== UNDATED;
    }

    placed(row) {
      return !Number.isNaN(this.x[row]);
    }

    /** Row of an event; -1 for an identifier that is not here. */
    row(id) {
      if (!id) return -1;
      if (!this.rows) this.rows = new Map(this.columns.event_id.values.map((known, row) => [known, row]));
      return this.rows.get(id) ?? -1;
    }

    /** Notes, reasons and accounts of a row, unpacked when first asked for. */
    async card(row) {
      const index = Math.floor(row / this.piece.cardsInPack);
      const pack = await this.pack(index);
      if (!pack) return { notes: "", place_reason: "", control_reason: "", accounts: [] };
      const at = row - index * this.piece.cardsInPack;
      const { notes, place_reason, control_reason, accounts } = pack;
      return {
        notes: notes[at], place_reason: place_reason[at], control_reason: control_reason[at],
        accounts: accountsOf(accounts[at]),
      };
    }

    async pack(index) {
      if (!this.piece.cards[index]) return null;
      if (!this.packs[index]) this.packs[index] = atlas.unpack(this.piece.cards[index]);
      return this.packs[index];
    }
  }

  function accountsOf(text) {
    try {
      const accounts = JSON.parse(text);
      return Array.isArray(accounts) ? accounts.filter((account) => account && typeof account === "object") : [];
    } catch (_) {
      return [];
    }
  }

  Object.assign(atlas, {
    EventTable,
    accountsOf,
    worldX: (lon) => ((lon + 180) / 360) * 256,
    worldY(lat) {
      const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
      return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256;
    },
  });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
