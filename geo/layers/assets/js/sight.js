// What of the ground is in sight: all there is to begin with, and an event that was chosen, with its doubt.
(function (atlas) {
  "use strict";

  // Around what is framed, in pixels: left, top, right, bottom. The scale and the sources stand below.
  const EDGE = [16, 16, 16, 28];
  // A part of the window that is narrower or lower shows nothing.
  const LEAST = [140, 110];

  // Without `reset`, Leaflet goes there by whole pixels, and the middle wanders.
  const EXACTLY = { animate: false, reset: true };

  atlas.Sight = class {
    constructor({ map, events, zones, layer }) {
      Object.assign(this, { map, events, zones, layer });
      /** Whether the map still looks at all there is: neither the reader, nor a link, nor a page around it moved it. */
      this.framed = false;
      map.on("movestart", () => { if (!this.framing) this.framed = false; });
      new ResizeObserver(() => this.resized()).observe(map.getContainer());
    }

    /** Show where things are: the zones, or the middle nine tenths of the events, as one far away would shrink all. */
    frame() {
      const bounds = this.bounds();
      this.framing = true;
      if (bounds) this.fit(bounds);
      else this.map.fitWorld({ animate: false });
      this.framing = false;
      this.framed = true;
    }

    /** Show bounds as large as they get in a part of the window that the legend leaves free. */
    fit(bounds) {
      // A single event says nothing at the scale of a street: its surroundings are what places it.
      const maxZoom = this.zones && this.zones.size ? 15 : 11;
      const fits = this.free().map(([left, top, right, bottom, area]) => {
        const zoom = Math.min(maxZoom, this.map.getBoundsZoom(bounds, false, L.point(left + right, top + bottom)));
        return { zoom, area, paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] };
      });
      fits.sort((one, other) => other.zoom - one.zoom || other.area - one.area);
      const { paddingTopLeft, paddingBottomRight } = fits[0];
      this.map.fitBounds(bounds, { animate: false, maxZoom, paddingTopLeft, paddingBottomRight });
    }

    /** The parts of the window that the legend leaves free: what each keeps from the four edges, and its area. */
    free() {
      const ground = this.map.getContainer().getBoundingClientRect();
      const node = document.querySelector(".legend");
      const legend = node && node.getBoundingClientRect();
      const parts = [[0, 0, 0, 0]];
      if (legend && legend.width) {
        parts.unshift([legend.right - ground.left, 0, 0, 0], [0, 0, ground.right - legend.left, 0],
          [0, legend.bottom - ground.top, 0, 0], [0, 0, 0, ground.bottom - legend.top]);
      }
      const sized = parts.map((part) => {
        const kept = part.map((length, at) => Math.max(0, Math.ceil(length)) + EDGE[at]);
        const [width, height] = [ground.width - kept[0] - kept[2], ground.height - kept[1] - kept[3]];
        return { kept: [...kept, width * height], fits: width >= LEAST[0] && height >= LEAST[1] };
      });
      // The whole of it only where the legend leaves no part.
      const open = sized.slice(0, -1).filter(({ fits }) => fits);
      return (open.length ? open : sized.slice(-1)).map(({ kept }) => kept);
    }

    /**
     * Take the size that the map's window has now. What nobody has moved is framed anew. Else the middle stays, as a
     * link or the page around the map asked for it; where only what stands beside the map came or went, all stays
     * where the reader's eye has it. (Leaflet's own watch of the window is off: it would come first, and move the middle.)
     */
    resized() {
      const { map } = this;
      const { clientWidth: width, clientHeight: height } = map.getContainer();
      const outside = [innerWidth, innerHeight, document.body.className].join(" ");
      const beside = outside === this.outside;
      this.outside = outside;
      const known = map.getSize();
      if (known.x === width && known.y === height) return;
      const centre = map.getCenter();
      map.invalidateSize({ pan: false });
      if (!width || !height || atlas.onPaper) return;
      if (this.framed) this.frame();
      else if (!beside) map.setView(centre, map.getZoom(), EXACTLY);
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
      // Whoever looks at an event is not taken away from it.
      this.framed = false;
      this.resized();
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
