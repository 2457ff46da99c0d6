/** An empty frame that `attributes` fence in. */
function freshFrame(title, attributes) {
  const frame = document.createElement("iframe");
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  frame.title = title;
  return frame;
}

/** Puts a map's own page into a frame of `held`, beside nodes that stay. */
function startMap(held, root, address, frame, ...beside) {
  held.frame = frame;
  held.waiting?.disconnect();
  root.replaceChildren(frame, ...beside);
  // A map that starts in a frame without a size yet, as in a closed drawer, looks at the wrong place.
  held.waiting = new ResizeObserver(() => {
    if (frame.clientWidth < 50 || frame.clientHeight < 50) return;
    held.waiting.disconnect();
    frame.src = address;
  });
  held.waiting.observe(frame);
}
