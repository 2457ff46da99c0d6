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
      // Paper has finer dots than most screens.
      this.ratio = Math.max(window.devicePixelRatio || 1, atlas.onPaper ? 2 : 1);
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * this.ratio);
      this._container.height = Math.round(size.y * this.ratio);
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
      this._context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
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

  /** Put all canvases of a map into the topmost: in print a canvas that is cleared blots out those below it. */
  function flatten(map) {
    const canvases = [...map.getPanes().mapPane.querySelectorAll(".leaflet-pane > canvas")];
    canvases.sort((one, other) => one.parentNode.style.zIndex - other.parentNode.style.zIndex);
    const top = canvases.at(-1);
    if (!top) return;
    const all = document.createElement("canvas");
    Object.assign(all, { width: top.width, height: top.height });
    for (const canvas of canvases) all.getContext("2d").drawImage(canvas, 0, 0);
    const pen = top.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(all, 0, 0);
  }

  Object.assign(atlas, { canvasOn, flatten });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
