// Shows the map's own page in a sandboxed frame and carries its state to the bus.
//
// Every state that goes into the frame has a number, and what comes out says the last number that its map had heard: a
// word that the map sent before it heard the newest is late and is dropped. A map that has heard none has just begun
// (also anew: browsers reload frames when they go back), and is told the state whenever that happens.
const frames = new WeakMap();

const FENCE = {
  // No allow-same-origin: words of reports that slip past every escape still cannot reach the dashboard.
  sandbox: "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox",
  allow: "fullscreen",
};

/** What of the address the map takes at its start. */
function takenLook({ at, window: span, since }) {
  const view = (at ?? "").split(",").map(Number);
  return { ...(view.length === 3 ? { view } : {}), ...(span ? { window: span } : {}), ...(since ? { from: since } : {}) };
}

/** How the map is looked at, as the address says it: nothing of where it began, and little moves are none. */
function toldLook({ view, window: span, from }, first) {
  const look = {};
  if (view && first) {
    const tile = 360 / 2 ** view[2];
    const moved = Math.max(Math.abs(view[0] - first[0]), Math.abs(view[1] - first[1])) > 0.3 * tile;
    if (moved || view[2] !== first[2]) look.at = view.map((part, at) => Number(part.toFixed(at < 2 ? 4 : 2))).join(",");
  }
  if (span) look.window = span;
  if (span === "range" && from) look.since = from;
  return look;
}

/** The buttons over the map that limit the view to an area. */
class AreaTools {
  constructor() {
    this.node = document.createElement("div");
    this.node.className = "tools";
    this.node.setAttribute("role", "group");
    for (const name of ["draw", "limit", "clear"]) {
      this[name] = document.createElement("button");
      this[name].type = "button";
      this[name].className = name;
      this.node.append(this[name]);
    }
  }

  take(words, actions) {
    this.node.setAttribute("aria-label", words.group);
    for (const name of ["draw", "limit", "clear"]) {
      this[name].textContent = words[name];
      this[name].onclick = actions[name];
    }
  }

  press(drawing) {
    this.draw.setAttribute("aria-pressed", String(drawing));
  }
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const held = frames.get(root) ?? { sent: 0, drawing: 0 };
  frames.set(root, held);
  const drawing = ++held.drawing;
  held.stop?.();
  root.dataset.loading = data.loading;
  bus.tell = (state) => setStateValue("state", state);

  const tell = (message) => held.frame?.contentWindow?.postMessage({ target: "conflict-atlas", ...message }, "*");
  // Before Python has asked for a day there is nothing to tell, and a first word would be an empty one.
  const tellMap = (look = {}) =>
    bus.state.day &&
    tell({ type: "state", state: { ...held.filter, ...bus.state, ...look, theme: bus.theme() }, number: ++held.sent });

  const heard = ({ source, data: message }) => {
    if (source !== held.frame?.contentWindow || message?.source !== "conflict-atlas" || message.type !== "state") return;
    if (!message.heard) {
      // The dashboard has filters, list and card of its own.
      tell({ type: "panels", shown: false });
      if (!bus.look) bus.startLook();
      tellMap(takenLook(bus.look));
      // Shown once it has taken the state over: until then it is on another day, and has panels of its own. A map that
      // the state leaves as it was says nothing.
      const { frame } = held;
      setTimeout(() => frame.classList.add("ready"), 400);
    } else if (message.heard === held.sent) {
      if (held.begun !== held.frame) {
        held.begun = held.frame;
        // Without its panels the map is another size: only now does the view that the address names stay.
        if (bus.look?.at) return tellMap(takenLook(bus.look));
      }
      held.frame.classList.add("ready");
      held.bounds = message.pointed?.bounds ?? held.bounds;
      const { area, asking } = message.pointed ?? {};
      held.filter.asking = asking ?? "";
      held.tools.press(asking === "area");
      if (area && JSON.stringify(area) !== JSON.stringify(held.filter.area)) limit(area);
      const shown = message.state ?? {};
      // A map that the address told where to look began elsewhere, which nobody has to know.
      held.first ??= bus.look?.at ? [NaN, NaN, NaN] : shown.view;
      // Framed anew in a window of another size, it has still not been moved by anybody.
      if (message.pointed?.framed) held.first = shown.view;
      bus.look = toldLook(shown, held.first);
      bus.keepLook();
      const { day, selected } = shown;
      bus.set({ day, selected: selected ?? "" }, "map");
    }
  };
  const limit = (area) => {
    held.filter.area = area;
    setTriggerValue("area", area ?? []);
    tellMap();
  };
  const draw = () => {
    held.filter.asking = held.filter.asking ? "" : "area";
    tellMap();
  };
  window.addEventListener("message", heard);
  const stopListening = bus.listen((_, origin) => {
    if (origin !== "map") tellMap();
  });
  held.stop = () => {
    window.removeEventListener("message", heard);
    stopListening();
  };

  held.tools ??= new AreaTools();
  held.tools.take(data.tools, { draw, limit: () => held.bounds && limit(held.bounds), clear: () => limit(null) });
  held.tools.clear.hidden = !data.area;
  const filter = { only: data.only, period: data.period, area: data.area };
  // An area that is being drawn goes on while a filter changes.
  if (JSON.stringify(held.asked) !== JSON.stringify(filter)) {
    held.asked = filter;
    held.filter = { ...filter, asking: held.filter?.asking ?? "" };
    tellMap();
  }
  if (held.address !== data.address) {
    held.address = data.address;
    // A new frame each time: another page in the same one would be a step of the browser's back.
    startMap(held, root, data.address, freshFrame(data.title, FENCE), held.tools.node);
  }
  held.frame.title = data.title;
  return () => {
    // A later drawing may have begun before this one is told to end.
    if (held.drawing === drawing) held.stop();
  };
}
