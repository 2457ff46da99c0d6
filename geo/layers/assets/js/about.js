// The box about the map: method, doubt, sources and licences, date of export, keys.
(function (atlas) {
  "use strict";

  const { element, fill, link, told } = atlas;

  class About {
    constructor(app) {
      Object.assign(this, app);
      this.app = app;
      this.node = element("dialog", { class: "about" });
      this.state.subscribe((_, changed) => { if (changed.has("language") && this.node.open) this.build(); });
    }

    open() {
      this.build();
      this.node.showModal();
    }

    build() {
      const { words } = this;
      const { attributions, exported, title } = this.app.about;
      const day = atlas.dayOf(exported);
      this.node.setAttribute("aria-label", words.say("about.name"));
      fill(this.node,
        element("button", { type: "button", class: "close", "aria-label": words.say("card.close"), on: { click: () => this.node.close() } }, "×"),
        element("h2", {}, told(title)),
        element("p", {}, words.span(this.state.period.start, this.state.period.end), " · ",
          words.say("events.count", { count: words.number(this.events.size) }), " · ",
          words.say("about.exported", { day: day === null ? exported : words.date(day) })),
        element("h3", {}, words.say("about.method")), element("p", {}, words.say("about.method.text")),
        element("h3", {}, words.say("about.doubt")), element("p", {}, words.say("about.doubt.text")),
        element("h3", {}, words.say("about.sources")),
        element("ul", {}, attributions.map(credit), element("li", {}, "Leaflet 1.9 © Volodymyr Agafonkin, BSD-2-Clause")),
        element("h3", {}, words.say("about.keys")), element("p", {}, words.say("about.keys.text")));
    }
  }

  function credit({ name, licence, url, what }) {
    return element("li", {}, link(url, name), what ? [": ", told(what)] : null, licence ? [" (", told(licence), ")"] : null);
  }

  atlas.About = About;
})((window.ConflictAtlas = window.ConflictAtlas || {}));
