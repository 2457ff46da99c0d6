// Puts the cursor into the first field of a box that a key has opened; the field may come a moment later.
const FIELDS = "input:not([disabled]), textarea, [role=combobox], button";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  if (root.dataset.turn === data.turn) return;
  root.dataset.turn = data.turn;
  const box = document.querySelector(`.st-key-${data.box}`);
  const found = () => {
    const field = [...(box?.querySelectorAll(FIELDS) ?? [])].find((one) => one.offsetParent);
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: "nearest" });
    return Boolean(field);
  };
  if (!box || found()) return;
  const waiting = new MutationObserver(() => found() && waiting.disconnect());
  waiting.observe(box, { childList: true, subtree: true });
  return () => waiting.disconnect();
}
