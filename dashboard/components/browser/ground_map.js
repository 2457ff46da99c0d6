// The map without events: the ground of a zone series, its day moved on the map itself and told to Python.
const grounds = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  const held = grounds.get(root) ?? { drawing: 0, sent: 0 };
  grounds.set(root, held);
  const drawing = ++held.drawing;
  held.stop?.();
  root.dataset.loading = data.loading;
  const tell = (message) => held.frame?.contentWindow?.postMessage({ target: "conflict-atlas", ...message }, "*");
  const tellMap = () => tell({ type: "state", state: { day: held.day, theme: bus.theme() }, number: ++held.sent });
  const heard = ({ source, data: message }) => {
    if (source !== held.frame?.contentWindow || message?.source !== "conflict-atlas" || message.type !== "state") return;
    if (!message.heard) {
      tell({ type: "panels", shown: false });
      tellMap();
      // A map that the state leaves as it was says nothing.
      const { frame } = held;
      setTimeout(() => frame.classList.add("ready"), REST_MS);
    } else if (message.heard === held.sent) {
      held.frame.classList.add("ready");
      const { day } = message.state ?? {};
      if (!day || day === held.day) return;
      held.day = day;
      clearTimeout(held.rest);
      held.rest = setTimeout(() => {
        held.told = held.day;
        setStateValue("day", held.day);
      }, REST_MS);
    }
  };
  window.addEventListener("message", heard);
  const stopListening = bus.listen((changed) => changed.includes("theme") && tellMap());
  held.stop = () => {
    window.removeEventListener("message", heard);
    stopListening();
  };
  // What Python says anew, and is no echo of what the reader did, moves the map.
  if (held.asked !== data.day) {
    held.asked = data.day;
    if (data.day !== held.told && data.day !== held.day) {
      clearTimeout(held.rest);
      held.day = data.day;
      tellMap();
    }
  }
  if (held.address !== data.address) {
    held.address = data.address;
    startMap(held, root, data.address, freshFrame(data.title, { sandbox: "allow-scripts" }));
  }
  held.frame.title = data.title;
  return () => {
    if (held.drawing === drawing) held.stop();
  };
}
