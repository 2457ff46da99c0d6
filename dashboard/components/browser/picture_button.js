// Saves a chart of the page as PNG: the browser has drawn it already, so nothing has to be drawn again elsewhere.
const SCALE = 2;

function pictureOf(drawing, ground) {
  const { width, height } = drawing.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  if (drawing instanceof HTMLCanvasElement) {
    pen.drawImage(drawing, 0, 0, canvas.width, canvas.height);
    return Promise.resolve(canvas);
  }
  const copy = drawing.cloneNode(true);
  copy.setAttribute("width", width * SCALE);
  copy.setAttribute("height", height * SCALE);
  copy.style.fontFamily = getComputedStyle(drawing).fontFamily;
  const text = new XMLSerializer().serializeToString(copy);
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      resolve(canvas);
    };
    image.onerror = () => reject(new Error("the chart could not be drawn as a picture"));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
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
    const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
    const canvas = await pictureOf(drawing, ground);
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
