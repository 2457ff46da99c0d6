// The state outside the page: in the address of a file (so that a view can be shared), and in a parent window's hands.
(function (atlas) {
  "use strict";

  const NAME = "conflict-atlas";
  // Longer values (a search for a page of text) are not worth an address that no program takes.
  const LONGEST = 6000;

  /** Text of the address's hash for a state from `State.outer`. */
  function hashOf(outer) {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(outer)) {
      if (String(value).length <= LONGEST) parts.set(name, name === "view" ? value.join(",") : Array.isArray(value) ? value.join(" ") : String(value));
    }
    return parts.toString();
  }

  function stateOfHash(hash) {
    const outer = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
    for (const name of ["types", "factuality", "ids"]) if (name in outer) outer[name] = outer[name].split(" ").filter(Boolean);
    if ("view" in outer) outer.view = outer.view.split(",").map(Number);
    if ("sizes" in outer) outer.sizes = outer.sizes === "true";
    return outer;
  }

  /** Keep state, address and parent window in step; a view that one of them imposes is kept in any size of the window. */
  function connect(state, sight) {
    const framed = window.parent !== window;
    // A page in `srcdoc` has no address of its own to write to.
    const addressed = /^(file|https?):$/.test(location.protocol);
    let waiting = 0;
    // Number of the last state that the parent sent; it tells by this whether a report was made before it was heard.
    let heard = 0;
    const take = (outer) => {
      state.take(outer);
      if (outer && outer.view) sight.framed = false;
    };
    if (addressed && location.hash) take(stateOfHash(location.hash));
    // Where most days have no event, the first of them would be an empty map.
    else if (!framed && state.period.sparse) state.set({ window: "all", day: state.period.end });
    state.subscribe(() => {
      clearTimeout(waiting);
      waiting = setTimeout(report, 60);
    });
    // The address may have been written over by a report that was due before this was heard.
    window.addEventListener("hashchange", ({ newURL }) => take({ ...resting(), ...stateOfHash(new URL(newURL).hash) }));
    window.addEventListener("message", (event) => {
      const message = event.data;
      if (event.source !== window.parent || !message || message.target !== NAME) return;
      if (message.type === "state") {
        const first = !heard;
        heard = Number(message.number) || 0;
        take(message.state);
        // On the day that it is asked for, the legend may have more to say.
        if (first && sight.framed) sight.frame();
      }
      // A page around this one that has filters, list and card of its own asks for the map and timeline alone.
      if (message.type === "panels") {
        document.body.classList.toggle("alone", message.shown === false);
        // To point at a place, a small window needs all its room for the ground.
        document.body.classList.toggle("still", message.timeline === false);
        // At once: what is asked for next, a view or an event, is meant for the size that the map has now.
        sight.resized();
      }
    });

    function report() {
      const outer = state.outer();
      if (addressed) {
        try {
          history.replaceState(null, "", `#${hashOf(outer)}`);
        } catch (_) {
          // Some viewers of local files forbid it: sharing the view is lost there, the map is not.
        }
      }
      const { asking, spot, area, bounds } = state.value;
      const pointed = { asking, spot, area, bounds, framed: sight.framed };
      if (framed) window.parent.postMessage({ source: NAME, type: "state", state: outer, pointed, heard }, "*");
    }

    report();
  }

  /** What a new address that does not name it means. */
  function resting() {
    const { window: usual, types, factuality, precision, deaths, actor, place, text, ids, selected } = atlas.STATE_DEFAULTS;
    return { window: usual, types, factuality, precision, deaths, actor, place, text, ids, selected };
  }

  Object.assign(atlas, { hashOf, stateOfHash, connect });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
