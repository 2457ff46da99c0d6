// Saves a chart of the page as PNG: the browser has drawn it already, so nothing has to be drawn again elsewhere.
// Title and note go with it: a picture is sent on without the page around it.
const SCALE = 2;
const EDGE = 16;

/** The lines of a text that fit a width. */
function wrapped(pen, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** The drawing as something that a canvas can take. */
function imageOf(drawing, width, height) {
  if (drawing instanceof HTMLCanvasElement) return Promise.resolve(drawing);
  const copy = drawing.cloneNode(true);
  copy.setAttribute("width", width * SCALE);
  copy.setAttribute("height", height * SCALE);
  copy.style.fontFamily = getComputedStyle(drawing).fontFamily;
  // The page's sheet colours the words; the picture stands alone.
  const words = [...drawing.querySelectorAll("text")];
  copy.querySelectorAll("text").forEach((word, at) => word.setAttribute("fill", getComputedStyle(words[at]).fill));
  const text = new XMLSerializer().serializeToString(copy);
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("the chart could not be drawn as a picture"));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
}

async function pictureOf(drawing, data) {
  const page = getComputedStyle(document.querySelector(".stApp"));
  const { width, height } = drawing.getBoundingClientRect();
  const image = await imageOf(drawing, width, height);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const [large, small] = [`600 17px ${page.fontFamily}`, `13px ${page.fontFamily}`];
  pen.font = small;
  const notes = wrapped(pen, data.note, width);
  canvas.width = (width + 2 * EDGE) * SCALE;
  canvas.height = (height + 3 * EDGE + 24 + notes.length * 18) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = page.backgroundColor;
  pen.fillRect(0, 0, width + 2 * EDGE, canvas.height);
  pen.fillStyle = page.color;
  pen.direction = data.direction;
  pen.textAlign = "start";
  pen.textBaseline = "top";
  const start = data.direction === "rtl" ? width + EDGE : EDGE;
  pen.font = large;
  pen.fillText(data.heading, start, EDGE);
  pen.drawImage(image, EDGE, EDGE + 30, width, height);
  pen.font = small;
  notes.forEach((line, at) => pen.fillText(line, start, height + 2 * EDGE + 24 + at * 18));
  return canvas;
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".root");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = data.label;
  button.setAttribute("aria-label", data.title);
  button.onclick = async () => {
    const drawing = document.querySelector(`.${CSS.escape(data.chart)} :is(svg.marks, canvas)`);
    if (!drawing) return;
    const canvas = await pictureOf(drawing, data);
    canvas.toBlob((blob) => {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(blob);
      anchor.download = data.file;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    }, "image/png");
  };
  root.replaceChildren(button);
}
