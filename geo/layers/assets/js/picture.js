// The current view as a PNG: the map's canvases one over the other, with title, day and sources below.
(function (atlas) {
  "use strict";

  const FOOT = 46;

  async function savePicture(app) {
    const ratio = window.devicePixelRatio || 1;
    const size = app.map.getSize();
    const canvas = atlas.element("canvas", { width: size.x * ratio, height: (size.y + FOOT) * ratio });
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = atlas.ink.land;
    pen.fillRect(0, 0, size.x, size.y + FOOT);
    const frame = app.map.getContainer().getBoundingClientRect();
    for (const layer of app.map.getContainer().querySelectorAll("img.leaflet-tile, canvas")) {
      if (!layer.closest(".leaflet-pane")) continue;
      if (layer.complete === false) continue;
      const box = layer.getBoundingClientRect();
      pen.drawImage(layer, box.left - frame.left, box.top - frame.top, box.width, box.height);
    }
    caption(pen, app, size);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const address = URL.createObjectURL(blob);
    const anchor = atlas.element("a", { href: address, download: `map-${atlas.isoDay(app.state.value.day)}.png` });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function caption(pen, app, size) {
    pen.fillStyle = atlas.ink.disc;
    pen.fillRect(0, size.y, size.x, FOOT);
    pen.fillStyle = atlas.ink.ink;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.font = "600 14px system-ui, sans-serif";
    pen.fillText(atlas.shorten(`${app.about.title} · ${app.words.date(app.state.value.day)}`, 120), 10, size.y + 7);
    pen.font = "11px system-ui, sans-serif";
    pen.fillStyle = atlas.ink.axisText;
    pen.fillText(atlas.shorten(app.about.attributions.map(({ name }) => name).join(" · "), 200), 10, size.y + 28);
  }

  atlas.savePicture = savePicture;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
