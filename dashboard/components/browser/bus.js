// The view's moving parts, {day, selected}, shared by the map and the list on one page. Whoever changes them names
// itself, so that nobody answers its own change.
const bus = (window.conflictAtlas ??= {
  state: {},
  set(change, origin) {
    const changed = Object.keys(change).filter((key) => change[key] !== undefined && change[key] !== this.state[key]);
    if (!changed.length) return;
    for (const key of changed) this.state[key] = change[key];
    window.dispatchEvent(new CustomEvent("conflict-atlas", { detail: { changed, origin } }));
  },
  listen(listener) {
    const heard = (event) => listener(event.detail.changed, event.detail.origin);
    window.addEventListener("conflict-atlas", heard);
    return () => window.removeEventListener("conflict-atlas", heard);
  },
});
