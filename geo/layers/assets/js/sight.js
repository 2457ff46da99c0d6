// What of the ground is in sight: all there is to begin with, and an event that was chosen, with its doubt.
(function (atlas) {
  "use strict";

  atlas.Sight = class {
    constructor({ map, events, zones, layer }) {
      Object.assign(this, { map, events, zones, layer });
    }

    /** Show where things are: the zones, or the middle nine tenths of the events, as one far away would shrink all. */
    frame() {
      const bounds = this.bounds();
      // A single event says nothing at the scale of a street: its surroundings are what places it.
      const maxZoom = this.zones && this.zones.size ? 15 : 11;
      const room = { paddingTopLeft: [atlas.legendReach(this.map) + 16, 16], paddingBottomRight: [16, 28] };
      if (bounds) this.map.fitBounds(bounds, { animate: false, maxZoom, ...room });
      else this.map.fitWorld({ animate: false });
    }

    bounds() {
      const zones = this.zones ? [...Array(this.zones.size).keys()] : [];
      const world = (zones.length && this.zones.shapes.bounds(zones)) || this.eventBounds();
      if (!world) return null;
      const [west, north, east, south] = world;
      return L.latLngBounds(this.map.unproject([west, south], 0), this.map.unproject([east, north], 0));
    }

    /** What is worth showing of a view: all there is where it lies in it, else the view. */
    within(view) {
      const bounds = this.bounds();
      return bounds && view.contains(bounds) ? bounds : view;
    }

    eventBounds() {
      const xs = this.events.x.filter((x) => !Number.isNaN(x)).sort();
      const ys = this.events.y.filter((y) => !Number.isNaN(y)).sort();
      if (!xs.length) return null;
      const at = (values, share) => values[Math.floor((values.length - 1) * share)];
      return [at(xs, 0.05), at(ys, 0.05), at(xs, 0.95), at(ys, 0.95)];
    }

    /** Move the map so far that an event's mark is in view, beside or above its card. */
    bring(row) {
      if (!this.events.placed(row)) return;
      this.map.invalidateSize({ pan: false });
      const place = this.map.unproject([this.events.x[row], this.events.y[row]], 0);
      const [left, top, right, bottom] = this.uncovered();
      this.widen(row, place, [right - left, bottom - top]);
      const mark = this.map.latLngToContainerPoint(place);
      const [wide, high] = [(right - left) / 10, (bottom - top) / 10];
      if (mark.x > left + wide && mark.x < right - wide && mark.y > top + high && mark.y < bottom - high) return;
      this.map.panBy([mark.x - (left + right) / 2, mark.y - (top + bottom) / 2], { animate: false });
    }

    /** Step back where all of a view of that size lies within the event's doubt: nobody would see that it ends. */
    widen(row, place, [width, height]) {
      const doubt = this.layer.doubt(row);
      const pixels = doubt * 2 ** this.map.getZoom();
      if (pixels <= Math.hypot(width, height) / 2) return;
      const whole = Math.floor(Math.log2(Math.min(width, height) / (2.2 * doubt)));
      this.map.setView(place, Math.max(whole, this.map.getMinZoom()), { animate: false });
    }

    /** The part of the map that no card lies over: left, top, right, bottom in the map's pixels. */
    uncovered() {
      const ground = this.map.getContainer().getBoundingClientRect();
      const whole = [0, 0, ground.width, ground.height];
      const card = document.querySelector(".card:not([hidden])");
      const over = card && card.getBoundingClientRect();
      if (!over || !over.width || over.left >= ground.right || over.right <= ground.left) return whole;
      if (over.width > ground.width * 0.9) return [0, 0, ground.width, Math.max(60, over.top - ground.top)];
      const first = over.left - ground.left > ground.right - over.right;
      return first ? [0, 0, over.left - ground.left, ground.height] : [over.right - ground.left, 0, ground.width, ground.height];
    }

    /** The ground that the reader sees: what lies under a card is no part of it. */
    seen() {
      const [left, top, right, bottom] = this.uncovered();
      return L.latLngBounds(this.map.containerPointToLatLng([left, bottom]), this.map.containerPointToLatLng([right, top]));
    }
  };
})((window.ConflictAtlas = window.ConflictAtlas || {}));
