// Building elements. Text becomes text nodes and nothing else: no function here, or elsewhere on the page, reads markup.
(function (atlas) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * Build an element. `attributes.on` holds listeners; true sets an empty attribute, false and null none.
   * Children are nodes, texts, or null.
   */
  function element(tag, attributes, ...children) {
    return furnished(document.createElement(tag), attributes, children);
  }

  /** Build an SVG element in the same way. */
  function drawing(tag, attributes, ...children) {
    return furnished(document.createElementNS(SVG, tag), attributes, children);
  }

  function furnished(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") {
        for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
      } else if (value !== false && value !== null && value !== undefined) {
        node.setAttribute(name, value === true ? "" : String(value));
      }
    }
    append(node, children);
    return node;
  }

  function append(node, children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === "") continue;
      node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  /** Replace all that a node holds. */
  function fill(node, ...children) {
    node.textContent = "";
    append(node, children);
  }

  /** A text from a report: kept apart from the direction of the words around it. */
  function told(text, attributes) {
    return element("bdi", { dir: "auto", ...attributes }, shorten(text, 4000));
  }

  /** A link where the address is http or https, otherwise its text alone. */
  function link(address, label) {
    const safe = safeAddress(address);
    if (!safe) return told(label);
    return element("a", { href: safe, target: "_blank", rel: "noopener noreferrer nofollow" }, told(label));
  }

  function safeAddress(address) {
    try {
      const url = new URL(String(address));
      return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
    } catch (_) {
      return "";
    }
  }

  /** Cut a text to so many characters, never inside one. */
  function shorten(text, limit) {
    const whole = String(text);
    if (whole.length <= limit) return whole;
    return Array.from(whole.slice(0, limit + 1)).slice(0, limit - 1).join("") + "…";
  }

  Object.assign(atlas, { element, drawing, fill, told, link, safeAddress, shorten });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
