// A map to point at a place: the map's own page in a sandboxed frame, asked for a spot.
const maps = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".root");
  const held = maps.get(root) ?? { drawing: 0 };
  maps.set(root, held);
  const drawing = ++held.drawing;
  held.stop?.();
  const tell = (message) => held.frame?.contentWindow?.postMessage({ target: "conflict-atlas", ...message }, "*");
  const tellMap = () => {
    tell({ type: "panels", shown: false, timeline: false });
    tell({ type: "state", state: { ...data.state, asking: "spot" }, number: 1 });
  };
  const heard = ({ source, data: message }) => {
    if (source !== held.frame?.contentWindow || message?.source !== "conflict-atlas" || message.type !== "state") return;
    if (!message.heard) tellMap();
    else {
      held.frame.classList.add("ready");
      const { spot } = message.pointed ?? {};
      if (spot && JSON.stringify(spot) !== JSON.stringify(held.spot)) {
        held.spot = spot;
        setStateValue("spot", { event: data.event, lon: spot[0], lat: spot[1] });
      }
    }
  };
  window.addEventListener("message", heard);
  held.stop = () => window.removeEventListener("message", heard);
  const key = `${data.address} ${data.event}`;
  if (held.key !== key) {
    held.key = key;
    held.spot = data.state.spot;
    startMap(held, root, data.address, freshFrame(data.title, { sandbox: "allow-scripts" }));
  }
  held.frame.title = data.title;
  return () => {
    if (held.drawing === drawing) held.stop();
  };
}
