// The page around the map: bar on top, filters and list at its side, card at the other, timeline below.
(function (atlas) {
  "use strict";

  const { element, fill } = atlas;
  const NAMES = { en: "English", ar: "العربية", uk: "Українська", fr: "Français" };

  class Shell {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.filters = new atlas.Filters(app);
      this.list = new atlas.List(app);
      this.legend = new atlas.Legend(app);
      this.card = new atlas.Card(app);
      this.aboutBox = new atlas.About(app);
      this.credits = element("p", { class: "credits" });
      this.lay();
      this.speak();
      this.state.subscribe((_, changed) => { if (changed.has("language")) this.speak(); });
      this.list.show();
      this.card.show();
      document.addEventListener("keydown", (event) => this.key(event));
      window.addEventListener("beforeprint", () => this.paper(true));
      window.addEventListener("afterprint", () => this.paper(false));
    }

    lay() {
      const container = this.map.getContainer();
      this.bar = element("header", { class: "bar" });
      this.side = element("aside", { class: "side" }, this.filters.node, this.list.node);
      const ground = element("section", { class: "ground", "data-testid": "map" });
      this.ground = ground;
      this.page = element("div", { class: "atlas" }, this.bar,
        element("main", { class: "stage" }, this.side, ground, this.card.node), this.app.timeline.node, this.aboutBox.node);
      container.replaceWith(this.page);
      ground.append(container, this.legend.node, this.credits);
      this.map.invalidateSize();
    }

    speak() {
      const { words, app } = this;
      document.documentElement.lang = words.language;
      document.documentElement.dir = words.direction;
      this.side.setAttribute("aria-label", words.say("side.name"));
      this.ground.setAttribute("aria-label", words.say("map.name"));
      const languages = element("select", { "data-testid": "language", "aria-label": words.say("language"),
        on: { change: () => this.state.set({ language: languages.value }) } },
      words.languages.map((code) => element("option", { value: code, lang: code, selected: code === words.language }, NAMES[code] || code)));
      fill(this.bar,
        element("h1", {}, atlas.told(app.about.title)),
        element("p", { class: "period" }, words.span(this.state.period.start, this.state.period.end)),
        this.filters.search,
        element("div", { class: "tools" },
          this.tool("side.open", "side-open", () => this.toggleSide()),
          languages,
          this.themeTool(),
          this.tool("share", "share", (button) => this.share(button)),
          this.tool("picture", "save-picture", () => atlas.savePicture(app)),
          this.tool("print", "print", () => window.print()),
          this.tool("about.name", "about", () => this.aboutBox.open())));
      fill(this.credits, `${words.say("about.sources")}: `,
        app.tiles ? [atlas.link(app.tiles.link, app.tiles.attribution), " · "] : null,
        atlas.told(atlas.shorten(app.about.attributions.map(({ name }) => name).join(" · "), 1000)));
    }

    /** Give the map the size of the paper and show the same ground on it; afterwards all is as before. */
    paper(printing) {
      if (printing === this.page.classList.contains("printing")) return;
      atlas.onPaper = printing;
      // Paper is light, whatever the screen was.
      if (printing) this.theme = this.state.value.theme;
      this.state.set({ theme: printing ? "light" : this.theme });
      if (printing) {
        const { legend: { node, signs }, app: { sight } } = this;
        const view = [this.map.getCenter(), this.map.getZoom()];
        this.before = { bounds: sight.seen(), view, framed: sight.framed, open: signs.open, legend: node.open };
      }
      this.page.classList.toggle("printing", printing);
      this.legend.node.open = printing || this.before.legend;
      this.legend.signs.open = printing || this.before.open;
      this.app.timeline.histogram.measure();
      this.map.invalidateSize({ pan: false });
      if (printing) {
        this.map.fitBounds(this.app.sight.within(this.before.bounds), { animate: false });
        atlas.flatten(this.map);
      } else {
        this.map.setView(...this.before.view, { animate: false });
        this.app.sight.framed = this.before.framed;
      }
    }

    tool(key, name, act) {
      const button = element("button", { type: "button", class: name, "data-testid": name, on: { click: () => act(button) } }, this.words.say(key));
      return button;
    }

    /** The other of light and dark. */
    themeTool() {
      const other = atlas.theme === "dark" ? "light" : "dark";
      const label = this.words.say(`theme.${other}`);
      return element("button", { type: "button", class: "theme", "data-testid": "theme", "aria-label": label, title: label,
        on: { click: () => this.state.set({ theme: other }) } }, "◐");
    }

    /** On a phone the list lies over the map: it goes when an event is chosen. */
    closeSide() {
      this.side.classList.remove("open");
    }

    toggleSide() {
      this.side.classList.toggle("open");
    }

    async share(button) {
      const address = `${location.href.split("#")[0]}#${atlas.hashOf(this.state.outer())}`;
      try {
        await navigator.clipboard.writeText(address);
        button.textContent = this.words.say("share.done");
      } catch (_) {
        window.prompt(this.words.say("share"), address);
      }
      setTimeout(() => { button.textContent = this.words.say("share"); }, 2000);
    }

    key(event) {
      const field = event.target.closest && event.target.closest("input, select, textarea, button, summary, dialog");
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape" && this.state.value.selected && !this.aboutBox.node.open) this.card.close();
      if (field) return;
      const acts = {
        " ": () => this.app.timeline.toggle(),
        ",": () => this.app.timeline.step(-1),
        ".": () => this.app.timeline.step(1),
        "/": () => this.filters.search.focus(),
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    }
  }

  atlas.Shell = Shell;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
