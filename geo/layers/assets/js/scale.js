// Leaflet's scale bar in the reader's words.
(function (atlas) {
  "use strict";

  const Scale = L.Control.Scale.extend({
    _updateMetric(most) {
      const { words } = this.options;
      const metres = this._getRoundNum(most);
      const label = metres < 1000
        ? words.say("unit.m", { count: words.number(metres) })
        : words.say("unit.km", { count: words.number(metres / 1000) });
      this._updateScale(this._mScale, label, metres / most);
    },
  });

  /** Put a scale bar on a map; it follows the language. */
  function addScale(map, state, words) {
    const scale = new Scale({ imperial: false, position: "bottomright", words }).addTo(map);
    state.subscribe((_, changed) => { if (changed.has("language")) scale._update(); });
  }

  Object.assign(atlas, { addScale });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
