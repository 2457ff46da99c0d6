// A pattern for each side beside its colour, so that zones can be told apart without seeing colours, and in print.
(function (atlas) {
  "use strict";

  const SIZE = 14;
  // Each draws within a tile of SIZE and has to go on over its borders.
  const TILES = [
    (pen) => line(pen, [0, SIZE, SIZE, 0], [-2, 2, 2, -2], [SIZE - 2, SIZE + 2, SIZE + 2, SIZE - 2]),
    (pen) => dots(pen, [3.5, 3.5], [10.5, 10.5]),
    (pen) => line(pen, [0, 3.5, SIZE, 3.5], [0, 10.5, SIZE, 10.5]),
    (pen) => line(pen, [3.5, 0, 3.5, SIZE], [10.5, 0, 10.5, SIZE]),
    (pen) => line(pen, [0, 0, SIZE, SIZE], [-2, SIZE - 2, 2, SIZE + 2], [SIZE - 2, -2, SIZE + 2, 2]),
    (pen) => line(pen, [0, 7, SIZE, 7], [7, 0, 7, SIZE]),
    (pen) => line(pen, [0, 0, SIZE, SIZE], [0, SIZE, SIZE, 0]),
    (pen) => dots(pen, [7, 7]),
  ];

  function line(pen, ...strokes) {
    pen.beginPath();
    for (const [x1, y1, x2, y2] of strokes) {
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
    }
    pen.stroke();
  }

  function dots(pen, ...centres) {
    for (const [x, y] of centres) {
      pen.beginPath();
      pen.arc(x, y, 1.5, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  /** Lines alone, for the side with this number. */
  function patternOf(number, colour) {
    return tile((pen) => {
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = 1.3;
      pen.globalAlpha = 0.5;
      TILES[number % TILES.length](pen);
    });
  }

  /** The hatching of contested ground: broad bands of the holder's colour and dark lines. */
  function contestedPattern(colour) {
    return tile((pen) => {
      pen.globalAlpha = 0.75;
      pen.lineWidth = 5;
      pen.strokeStyle = colour;
      TILES[0](pen);
      pen.lineWidth = 1.2;
      pen.strokeStyle = atlas.ink.front;
      TILES[4](pen);
    });
  }

  function tile(draw) {
    const canvas = document.createElement("canvas");
    const ratio = 2;
    canvas.width = canvas.height = SIZE * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    draw(pen);
    const pattern = pen.createPattern(canvas, "repeat");
    return { canvas, pattern, ratio };
  }

  /** Fill the path with a tile that stays with the ground when the map is moved. */
  function fillWith(pen, { pattern, ratio }, view, path) {
    const shift = new DOMMatrix().translate(-(view.dx % SIZE), -(view.dy % SIZE)).scale(1 / ratio);
    pattern.setTransform(shift);
    pen.fillStyle = pattern;
    pen.fill(path, "evenodd");
  }

  /** A swatch for the legend: the same colour and pattern. */
  function swatch(colour, pattern) {
    const canvas = atlas.element("canvas", { width: 56, height: 36, class: "swatch", "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    const path = new Path2D();
    path.rect(0, 0, 28, 18);
    pen.globalAlpha = atlas.ink.zone;
    pen.fillStyle = colour;
    pen.fill(path);
    pen.globalAlpha = 1;
    fillWith(pen, pattern, { dx: 0, dy: 0 }, path);
    pen.strokeStyle = atlas.lined(colour);
    pen.lineWidth = 2;
    pen.stroke(path);
    return canvas;
  }

  Object.assign(atlas, { patternOf, contestedPattern, fillWith, swatch });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
