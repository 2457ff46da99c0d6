// Shows the map's own page in a sandboxed frame and carries its state to the bus and to Python. A step of the day is
// drawn by the map at once; Python hears of it when the reader has come to rest.
const REST_MS = 600;
const frames = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  let held = frames.get(root);
  if (!held) {
    held = { listeners: [] };
    frames.set(root, held);
    held.frame = document.createElement("iframe");
    // No allow-same-origin: words of reports that slip past every escape still cannot reach the dashboard.
    held.frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox");
    held.frame.setAttribute("allow", "fullscreen");
    root.replaceChildren(held.frame);
  }
  const { frame } = held;
  frame.title = data.title;
  held.stop?.();

  const tell = (message) => frame.contentWindow?.postMessage({ target: "conflict-atlas", ...message }, "*");
  const tellMap = () => tell({ type: "state", state: { ...bus.state } });
  const tellPython = () => setStateValue("state", { ...bus.state });

  const heard = (event) => {
    const message = event.data;
    if (event.source !== frame.contentWindow || message?.source !== "conflict-atlas") return;
    if (message.type === "state") {
      const { day, selected } = message.state ?? {};
      // The frame tells its own first state as soon as it runs; what the link asks for comes before that.
      if (!held.settled) {
        held.settled = true;
        // The dashboard has filters, list and card of its own.
        tell({ type: "panels", shown: false });
        frame.classList.add("ready");
        if (bus.state.day || bus.state.selected) return tellMap();
      }
      bus.set({ day, selected: selected ?? "" }, "map");
    }
  };
  window.addEventListener("message", heard);
  const loaded = () => {
    tell({ type: "panels", shown: false });
    tellMap();
    frame.classList.add("ready");
  };
  frame.addEventListener("load", loaded);

  const stopListening = bus.listen((changed, origin) => {
    if (origin !== "map") tellMap();
    if (origin === "python") return;
    clearTimeout(held.rest);
    if (changed.includes("selected")) tellPython();
    else held.rest = setTimeout(tellPython, REST_MS);
  });
  const stop = () => {
    window.removeEventListener("message", heard);
    frame.removeEventListener("load", loaded);
    stopListening();
  };
  held.stop = stop;

  if (held.html !== data.html) {
    held.html = data.html;
    held.settled = false;
    frame.classList.remove("ready");
    held.waiting?.disconnect();
    // A map that starts in a frame without a size yet looks at the wrong place.
    held.waiting = new ResizeObserver(() => {
      if (frame.clientWidth < 50 || frame.clientHeight < 50) return;
      held.waiting.disconnect();
      frame.srcdoc = held.html;
    });
    held.waiting.observe(frame);
  }
  return () => {
    clearTimeout(held.rest);
    // Its own, not `held.stop`: a later drawing may have begun before this one is told to end.
    stop();
  };
}
