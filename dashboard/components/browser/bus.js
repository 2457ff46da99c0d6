// The view's moving parts, {day, selected}, shared by the map and the list on one page, and told to Python.
//
// Whoever changes them names itself, so that nobody answers its own change. The newest word wins: every move of the
// reader has a number, Python says up to which it has heard, and what it asks for yields to a move that it had not
// heard of. The browser's back is newer than all moves before it.
const REST_MS = 600;
const LOOK = ["at", "window", "since"];

const bus = (window.conflictAtlas ??= {
  state: {},
  /** Number of the reader's last move, and for each part that of the move which set it. */
  number: 0,
  moves: { day: 0, selected: 0 },
  /** Moves up to this one were undone by the browser's back. */
  undone: 0,
  /** How often the reader went back or forward. */
  backs: 0,
  imposed: null,
  tell: null,
  rest: 0,

  set(change, origin) {
    const changed = Object.keys(change).filter((key) => change[key] !== undefined && change[key] !== this.state[key]);
    if (!changed.length) return;
    const own = origin !== "python";
    if (own) this.number += 1;
    for (const key of changed) {
      this.state[key] = change[key];
      if (own) this.moves[key] = this.number;
    }
    window.dispatchEvent(new CustomEvent("conflict-atlas", { detail: { changed, origin } }));
    if (!own) return;
    // A chosen event is asked for at once; of days, Python hears when the reader has come to rest.
    clearTimeout(this.rest);
    if (changed.includes("selected")) this.report();
    else this.rest = setTimeout(() => this.report(), REST_MS);
  },

  report() {
    this.tell?.({ ...this.state, moves: { ...this.moves }, backs: this.backs });
  },

  /** How the map is looked at, which the address keeps and Python never hears of: `at`, `window` and `since`. */
  look: null,

  /** Read it from the address, once. */
  startLook() {
    const told = new URLSearchParams(location.search);
    this.look = Object.fromEntries(LOOK.filter((name) => told.has(name)).map((name) => [name, told.get(name)]));
  },

  /** Write it into the address, as no step of the browser's back; Python's own writing may have brought an older one. */
  keepLook() {
    if (!this.look) return;
    const address = new URL(location.href);
    for (const name of LOOK) {
      if (this.look[name]) address.searchParams.set(name, this.look[name]);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  },

  /** Take over what Python asks for (a link, a button, the browser's back), once, and never an echo of a move. */
  impose({ imposed, heard, day, selected }) {
    this.keepLook();
    if (this.imposed === imposed) return;
    this.imposed = imposed;
    const known = Math.max(heard, this.undone);
    const asked = { day, selected };
    for (const key of Object.keys(asked)) if (this.moves[key] > known) delete asked[key];
    this.set(asked, "python");
  },

  /** The theme that the page is drawn in, whether the system or the reader chose it. */
  theme() {
    const scheme = getComputedStyle(bus.page() ?? document.body).colorScheme;
    // A system that sets all colours lets a page have both, and then says itself which one it is.
    const isOpen = scheme.includes("dark") && scheme.includes("light");
    const isDark = isOpen ? matchMedia("(prefers-color-scheme: dark)").matches : scheme.includes("dark");
    return isDark ? "dark" : "light";
  },

  page: () => document.querySelector("[data-testid=stApp]"),

  listen(listener) {
    const heard = (event) => listener(event.detail.changed, event.detail.origin);
    window.addEventListener("conflict-atlas", heard);
    return () => window.removeEventListener("conflict-atlas", heard);
  },
});

if (!bus.listening) {
  bus.listening = true;
  // Streamlit gives its outermost box another class when it changes the theme.
  let theme = bus.theme();
  new MutationObserver(() => {
    if (theme === bus.theme()) return;
    theme = bus.theme();
    window.dispatchEvent(new CustomEvent("conflict-atlas", { detail: { changed: ["theme"], origin: "page" } }));
  }).observe(bus.page(), { attributes: true, attributeFilter: ["class"] });
  window.addEventListener("popstate", () => {
    clearTimeout(bus.rest);
    bus.backs += 1;
    bus.undone = bus.number;
  });
}
