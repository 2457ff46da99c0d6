// Tells the browser, and with it screen readers, in which language and direction the page is written, and what the
// arrows of the side panel do: Streamlit knows these words in English alone.
const LABELS = { stExpandSidebarButton: "open", stSidebarCollapseButton: "close" };
let watching;

function name(labels) {
  for (const [part, label] of Object.entries(LABELS)) {
    const found = document.querySelector(`[data-testid="${part}"]`);
    const button = found?.matches("button") ? found : found?.querySelector("button");
    if (button && button.getAttribute("aria-label") !== labels[label]) button.setAttribute("aria-label", labels[label]);
  }
}

/** A way past pages and filters for who goes by keyboard. */
function skipTo(label) {
  let link = document.querySelector("a.ca-skip");
  if (!link) {
    link = document.createElement("a");
    link.className = "ca-skip";
    link.href = "#";
    link.onclick = (event) => {
      event.preventDefault();
      const main = document.querySelector('[data-testid="stMain"]');
      main.tabIndex = -1;
      main.focus();
    };
    document.body.prepend(link);
  }
  link.textContent = label;
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
  name(data.labels);
  skipTo(data.labels.skip);
  watching?.disconnect();
  watching = new MutationObserver(() => name(data.labels));
  for (const part of ["stHeader", "stSidebar"]) {
    const node = document.querySelector(`[data-testid="${part}"]`);
    if (node) watching.observe(node, { childList: true, attributes: true, attributeFilter: ["aria-expanded"] });
  }
  const bar = document.querySelector('[data-testid="stToolbar"]');
  if (bar) watching.observe(bar, { childList: true, subtree: true });
}
