// Light and dark: what canvases are drawn with; the stylesheet has the same two sets of colours for everything else.
(function (atlas) {
  "use strict";

  const INKS = {
    light: {
      sea: "#dfe6e9", land: "#f5f3ee", coast: "#a9b5ba", border: "#a39b8b", division: "#cbc4b6", river: "#a9c3cf", water: "#4a6876",
      grid: "#e2ded5", text: "#3d3a35", faint: "#6b665b", halo: "rgba(255, 255, 255, .85)", disc: "#fff", ink: "#1c1b19",
      front: "#2b2b2b", frontHalo: "#fff", chosen: "#0b5cad", window: "#dfe9f4", axis: "#8d897f", axisText: "#57534a", zone: 0.24,
    },
    dark: {
      sea: "#12161a", land: "#1e2226", coast: "#46525b", border: "#6d6a62", division: "#3a3e42", river: "#2e4350", water: "#7d9cad",
      grid: "#282c31", text: "#dcd8ce", faint: "#a09c92", halo: "rgba(18, 20, 23, .85)", disc: "#16181b", ink: "#f0ede6",
      front: "#f3f0e8", frontHalo: "#121417", chosen: "#74b5f5", window: "#26374a", axis: "#77736a", axisText: "#b5b0a5", zone: 0.3,
    },
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** `light` or `dark`: what was asked for, or what the reader's system has. */
  function themeOf(asked) {
    return INKS[asked] ? asked : dark.matches ? "dark" : "light";
  }

  /** Take the colours of a theme for all that is drawn from now on. */
  function useTheme(asked) {
    atlas.theme = themeOf(asked);
    atlas.ink = INKS[atlas.theme];
    document.documentElement.setAttribute("data-theme", atlas.theme);
  }

  /** Call back when the system changes between light and dark. */
  function onSystemTheme(listener) {
    dark.addEventListener("change", listener);
  }

  /** A colour of the data as it can be seen on the ground: on dark, dark ones are mixed with white. */
  function seen(colour) {
    if (atlas.theme !== "dark") return colour;
    return towards(255, colour, (light) => light >= 0.24);
  }

  /** A colour of the data for lines: on light ground, light ones are mixed with black, or yellow would be lost. */
  function lined(colour) {
    return atlas.theme === "dark" ? seen(colour) : towards(0, colour, (light) => light <= 0.27);
  }

  /** Mix a colour with white (255) or black (0) just so far that its luminance suffices. */
  function towards(end, colour, suffices) {
    const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    for (let share = 0; share < 1; share += 0.05) {
      const mixed = parts.map((part) => Math.round(part + (end - part) * share));
      if (suffices(luminance(mixed))) return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    }
    return end ? "#ffffff" : "#000000";
  }

  /** Relative luminance by WCAG 2. */
  function luminance(parts) {
    const [red, green, blue] = parts.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  Object.assign(atlas, { useTheme, themeOf, onSystemTheme, seen, lined });
  useTheme("");
})((window.ConflictAtlas = window.ConflictAtlas || {}));
