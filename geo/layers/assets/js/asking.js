// Asks the reader for a spot or an area of the map, for a page around this one, which is told what was pointed at.
(function (atlas) {
  "use strict";

  // A drag shorter than this, in pixels, is a click that drew nothing.
  const SHORTEST = 6;
  const rounded = (degrees) => Number(degrees.toFixed(5));

  class Asking {
    constructor(map, state) {
      Object.assign(this, { map, state, start: null, drew: false });
      this.shape = L.layerGroup().addTo(map);
      state.subscribe((_, changed) => {
        if (changed.has("asking")) this.prepare();
        if (["area", "spot", "theme"].some((name) => changed.has(name))) this.draw();
      });
      const node = map.getContainer();
      node.addEventListener("pointerdown", (event) => this.begin(event), true);
      node.addEventListener("pointermove", (event) => this.start && this.stretch(event));
      node.addEventListener("pointerup", (event) => this.start && this.end(event));
      node.addEventListener("pointercancel", () => this.stop());
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && state.value.asking === "area") this.state.set({ asking: "" });
      });
    }

    /** While an area is drawn, a drag draws and does not move the map. */
    prepare() {
      const drawing = this.state.value.asking === "area";
      this.map.dragging[drawing ? "disable" : "enable"]();
      this.map.getContainer().style.cursor = this.state.value.asking ? "crosshair" : "";
      this.map.getContainer().style.touchAction = drawing ? "none" : "";
      this.stop();
    }

    /** Take a click for the spot that is asked for; tells whether one was. */
    point(place) {
      if (this.drew) return true;
      if (this.state.value.asking !== "spot") return this.state.value.asking === "area";
      const { lat, lng } = this.map.containerPointToLatLng(place).wrap();
      this.state.set({ spot: [rounded(lng), rounded(lat)] });
      return true;
    }

    begin(event) {
      // The click that ends a drawing comes after it and is no choice of anything.
      this.drew = false;
      if (this.state.value.asking !== "area" || event.target.closest(".leaflet-control")) return;
      this.start = this.map.mouseEventToLatLng(event);
      this.from = [event.clientX, event.clientY];
      this.map.getContainer().setPointerCapture(event.pointerId);
      event.preventDefault();
    }

    stretch(event) {
      this.box(L.latLngBounds(this.start, this.map.mouseEventToLatLng(event)));
    }

    end(event) {
      const bounds = L.latLngBounds(this.start, this.map.mouseEventToLatLng(event));
      const long = Math.hypot(event.clientX - this.from[0], event.clientY - this.from[1]) >= SHORTEST;
      this.stop();
      this.drew = long;
      if (long) this.state.set({ area: boxOf(bounds), asking: "" });
    }

    stop() {
      this.start = null;
      this.draw();
    }

    draw() {
      const { area, spot } = this.state.value;
      this.shape.clearLayers();
      if (area) this.box(L.latLngBounds([area[1], area[0]], [area[3], area[2]]));
      if (spot) this.shape.addLayer(L.circleMarker([spot[1], spot[0]], { radius: 9, ...this.stroke() }));
    }

    box(bounds) {
      this.shape.clearLayers();
      this.shape.addLayer(L.rectangle(bounds, { ...this.stroke(), fill: false, dashArray: "7 5" }));
    }

    stroke() {
      return { color: atlas.ink.chosen, weight: 2.5, interactive: false };
    }
  }

  /** West, south, east and north of bounds, in degrees. */
  function boxOf(bounds) {
    const { _southWest: low, _northEast: high } = bounds;
    return [Math.max(-180, rounded(low.lng)), rounded(low.lat), Math.min(180, rounded(high.lng)), rounded(high.lat)];
  }

  Object.assign(atlas, { Asking, boxOf });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
