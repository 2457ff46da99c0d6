// The parts put together. Elements in Python write `ConflictAtlas.of(map).addEvents("name")` and the like; when the
// page is read, the data is unpacked and the layers are built in an order that does not depend on theirs.
(function (atlas) {
  "use strict";

  const { FILTERS } = atlas;
  const built = new Map();

  class Atlas {
    constructor(map) {
      this.map = map;
      this.pieces = {};
      this.ready = new Promise((resolve) => setTimeout(resolve)).then(() => this.open());
    }

    addEvents(name) { this.pieces.events = name; }
    addZones(name) { this.pieces.zones = name; }
    addTiles(name) { this.pieces.tiles = name; }
    addBase(name) { this.pieces.base = name; }
    addTimeline(name) { this.pieces.timeline = name; }
    addPanels(name) { this.pieces.panels = name; }

    async open() {
      const block = atlas.dataBlock();
      const piece = (part) => block[this.pieces[part]];
      this.words = new atlas.Words(await atlas.unpack(block.words));
      this.about = piece("panels") || { title: document.title, attributions: [], exported: "", language: "en", selected: "" };
      this.zones = piece("zones") ? await atlas.ZoneTable.read(piece("zones")) : null;
      this.base = piece("base") ? await atlas.BaseMap.read(piece("base")) : null;
      this.tiles = piece("tiles") || null;
      this.events = await atlas.EventTable.read(piece("events") || nothing());
      this.documents = (piece("events") && (await atlas.unpack(piece("events").documents))) || {};
      this.state = new atlas.State(piece("timeline") || this.period());
      this.begin();
      this.drawLayers();
      this.sight = new atlas.Sight(this);
      this.drawControls(piece("timeline"));
      this.sight.frame();
      atlas.connect(this.state, this.sight);
      document.body.setAttribute("data-ready", "true");
      if (this.search) await this.search.prepare();
      return this;
    }

    /** The state of the file as it was exported; the address may change it afterwards. */
    begin() {
      const { language, selected, theme } = this.about;
      this.words.use(language);
      this.state.value = { ...this.state.value, language, selected, theme: theme || "" };
      atlas.useTheme(theme);
      this.search = new atlas.Search(this.events, this.words);
      this.selection = new atlas.Selection(this.events, this.search, this.state);
      // First of all listeners: the others draw what it has chosen.
      this.state.subscribe((value, changed) => {
        if (changed.has("language")) this.words.use(value.language);
        if (changed.has("theme")) this.repaint(changed);
        if (this.selection.refresh(value, changed) && value.chosen) this.state.set({ chosen: null });
      });
    }

    /** Take the theme's colours; what shows any is built anew, as it is in another language. */
    repaint(changed) {
      atlas.useTheme(this.state.value.theme);
      changed.add("theme").add("language");
      this.layer.marks.paint();
      if (this.zoneLayer) this.zoneLayer.paint();
      for (const { canvas } of [this.below, this.zoneLayer, this.layer].filter(Boolean)) canvas.redraw();
    }

    /** Tell every part that the colours are others. */
    themed() {
      const changed = new Set(["theme"]);
      for (const listener of this.state.listeners) listener(this.state.value, changed);
    }

    drawLayers() {
      const { map, zones, events, state, words, base } = this;
      if (this.tiles) L.tileLayer(this.tiles.url, { maxZoom: 18, crossOrigin: "anonymous" }).addTo(map);
      const below = this.tiles ? () => {} : base ? (pen, view) => base.draw(pen, view) : bare;
      this.below = { canvas: atlas.canvasOn(map, "base", 300, below) };
      this.zoneLayer = zones ? new atlas.ZoneLayer(map, zones, state) : null;
      this.ground = zones ? new atlas.Ground(map, zones, this.zoneLayer, this) : null;
      this.names = new atlas.NameLayer(map, events, zones, base, words);
      if (zones) this.names.held = () => zones.namesOn(state.value.day);
      atlas.onSystemTheme(() => { if (!state.value.theme) this.themed(); });
      this.layer = new atlas.EventLayer(map, events, this.selection, state, words);
      this.names.marks = () => this.layer.items;
      this.layer.ondraw = () => this.names.settle();
      state.subscribe((_, changed) => {
        if (changed.has("language")) this.names.canvas.redraw();
        if (this.filtered(changed) || ["day", "window", "from", "selected", "sizes"].some((name) => changed.has(name))) {
          this.layer.canvas.redraw();
        }
        if (changed.has("view") && state.value.view && !this.viewing) this.look(state.value.view);
      });
      this.asking = new atlas.Asking(map, state);
      map.on("click", ({ containerPoint }) => this.asking.point(containerPoint) || this.click(containerPoint));
      map.on("moveend", () => this.viewed());
      this.tooltip();
    }

    drawControls(timeline) {
      const { map, events, selection, zones, state, words } = this;
      L.control.zoom({ position: "topright", zoomInTitle: words.say("zoom.in"), zoomOutTitle: words.say("zoom.out") }).addTo(map);
      atlas.addScale(map, state, words);
      if (timeline) this.timeline = new atlas.Timeline(events, selection, zones, state, words);
      if (this.pieces.panels) this.shell = new atlas.Shell(this);
      else if (this.timeline) floating(map, this.timeline.node);
    }

    period() {
      const days = [...this.events.start].filter((_, row) => this.events.dated(row));
      const zones = this.zones ? [...Array(this.zones.size).keys()].map((zone) => this.zones.columns.valid_from.at(zone)) : [];
      const start = Math.min(...days, ...zones);
      return { start, end: Math.max(...days, ...zones), day: start };
    }

    look([lat, lon, zoom]) {
      this.map.setView([lat, lon], zoom, { animate: false, reset: true });
    }

    viewed() {
      if (!this.shell) return;
      const { lat, lng } = this.map.getCenter();
      this.viewing = true;
      const view = [Number(lat.toFixed(5)), Number(lng.toFixed(5)), this.map.getZoom()];
      this.state.set({ view, bounds: atlas.boxOf(this.map.getBounds()) });
      this.viewing = false;
    }

    click(point) {
      const item = this.layer.under(point);
      if (item && item.count === 1) this.choose(item.row);
      else if (item) this.openCluster(item);
      else if (this.state.value.selected) this.state.set({ selected: "" });
      else if (this.ground) this.ground.toggle(point);
    }

    /** Zoom in until the cluster parts; where it cannot, list its events. */
    openCluster(item) {
      const rows = item.rows();
      const xs = rows.map((row) => this.events.x[row]);
      const ys = rows.map((row) => this.events.y[row]);
      const [west, east] = [Math.min(...xs), Math.max(...xs)];
      const [north, south] = [Math.min(...ys), Math.max(...ys)];
      const width = Math.max(east - west, south - north) * 2 ** this.map.getZoom();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (width > 8 && this.map.getZoom() < this.map.getMaxZoom()) {
        this.map.fitBounds([this.map.unproject([west, south], 0), this.map.unproject([east, north], 0)],
          { padding: [80, 80], maxZoom: Math.min(18, this.map.getZoom() + 3), animate: !still });
        return;
      }
      if (document.body.classList.contains("alone")) {
        // Without a list of its own the map goes through the cluster's events, one a click.
        this.choose(rows[(rows.indexOf(this.events.row(this.state.value.selected)) + 1) % rows.length]);
        return;
      }
      this.state.set({ chosen: rows });
      if (this.shell) this.shell.side.classList.add("open");
    }

    /** Open an event's card. */
    choose(row) {
      this.state.set({ selected: this.events.id(row) });
    }

    filtered(changed) {
      return FILTERS.some((name) => changed.has(name));
    }

    filtering() {
      const { value } = this.state;
      return FILTERS.some((name) => JSON.stringify(value[name]) !== JSON.stringify(atlas.STATE_DEFAULTS[name]));
    }

    /** Words for a controller, or for `contested`, `uncertain`, `unknown`. */
    controllerName(id) {
      const known = this.zones && this.zones.controllers.find((controller) => controller.id === id);
      const key = `control.${id}`;
      const said = this.words.say(key);
      return said === key ? (known && known.name) || id.replaceAll("_", " ") : said;
    }

    tooltip() {
      const tip = atlas.element("div", { class: "tip", hidden: true });
      this.map.getContainer().append(tip);
      this.layer.onhover = (item, point) => {
        tip.hidden = !item;
        if (!item) return;
        const { events, words } = this;
        const text = item.count > 1
          ? words.say("events.count", { count: words.number(item.count) })
          : `${words.term("sub", events.at("sub_event_type", item.row))} · ${atlas.shorten(events.at("place_name", item.row), 60)}`;
        atlas.fill(tip, atlas.told(text));
        tip.style.transform = `translate(${Math.round(point.x + 14)}px, ${Math.round(point.y + 10)}px)`;
      };
    }
  }

  /** A page without a base map: lines of longitude and latitude on plain ground. */
  function bare(pen, view) {
    pen.fillStyle = atlas.ink.land;
    pen.fillRect(0, 0, view.width, view.height);
    atlas.graticule(pen, view, true);
  }

  function nothing() {
    throw new Error("the map has no events: add an EventLayer");
  }

  /** The timeline over a map that has no page around it. */
  function floating(map, node) {
    const Holder = L.Control.extend({
      onAdd() {
        L.DomEvent.disableClickPropagation(node);
        L.DomEvent.disableScrollPropagation(node);
        node.classList.add("floating");
        return node;
      },
    });
    new Holder({ position: "bottomleft" }).addTo(map);
  }

  /** The atlas of a map, made when first asked for. */
  function of(map) {
    if (!built.has(map)) built.set(map, new Atlas(map));
    return built.get(map);
  }

  Object.assign(atlas, { of, all: () => [...built.values()] });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
