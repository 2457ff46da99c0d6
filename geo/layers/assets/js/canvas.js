// A canvas over the map, redrawn when the map has moved and stretched while it zooms, as Leaflet's own renderers are.
(function (atlas) {
  "use strict";

  const CanvasLayer = L.Renderer.extend({
    options: { padding: 0.15, draw: null },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._container.style.pointerEvents = "none";
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._container.remove();
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this.redraw();
    },

    /** What a drawing needs: `world * scale - (dx, dy)` is a point of the canvas. */
    view() {
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      return { scale: 2 ** zoom, dx: origin.x, dy: origin.y, width: size.x, height: size.y, zoom };
    },

    /** A point of the map's container as a point of the canvas. */
    within(containerPoint) {
      return this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min);
    },

    redraw() {
      if (!this._map || !this._bounds) return;
      const ratio = window.devicePixelRatio || 1;
      this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const view = this.view();
      this._context.clearRect(0, 0, view.width, view.height);
      this.options.draw(this._context, view);
    },
  });

  /** Put a canvas on a map at a height between Leaflet's panes. */
  function canvasOn(map, name, height, draw) {
    const pane = map.createPane(`atlas-${name}`);
    pane.style.zIndex = String(height);
    pane.style.pointerEvents = "none";
    return new CanvasLayer({ pane: `atlas-${name}`, draw }).addTo(map);
  }

  atlas.canvasOn = canvasOn;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
