// The events of the view by day. Choosing one tells the map at once; the map's day is followed without a server.
const lists = new WeakMap();

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function eventRow(row, marks) {
  const item = element("button", "event");
  item.type = "button";
  item.id = `row-${row.id}`;
  item.dataset.id = row.id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.tabIndex = -1;
  const mark = svg("svg", { class: "mark", viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" });
  const { shape, colour } = marks[row.type];
  mark.append(svg("path", { d: shape, fill: colour, stroke: "#ffffff", "stroke-width": 0.22, "paint-order": "stroke" }));
  const main = element("span", "main");
  const title = element("span", "title", row.title);
  title.dir = "auto";
  const where = element("span", "where", row.where);
  where.dir = "auto";
  main.append(title, where);
  const side = element("span", "side");
  if (row.killed) side.append(element("span", "killed", row.killed));
  for (const badge of row.badges) side.append(element("span", `badge ${badge.kind}`, badge.text));
  item.append(mark, main, side);
  return item;
}

function dayGroup(group, marks) {
  const section = element("div", "day");
  section.dataset.day = group.day;
  section.setAttribute("role", "group");
  section.setAttribute("aria-label", group.label);
  const head = element("div", "head");
  head.append(element("span", "", group.label), element("span", "count", String(group.events.length)));
  section.append(head, ...group.events.map((row) => eventRow(row, marks)));
  return section;
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".root");
  const held = lists.get(root) ?? {};
  lists.set(root, held);
  held.stop?.();

  if (held.rows !== data.rows_id) {
    held.rows = data.rows_id;
    const list = element("div", "list");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", data.title);
    list.tabIndex = 0;
    list.append(...data.days.map((group) => dayGroup(group, data.marks)));
    if (!data.days.length) list.append(element("p", "empty", data.empty));
    const note = element("p", "note", data.note);
    root.replaceChildren(list, ...(data.note ? [note] : []));
    held.list = list;
  }
  root.classList.toggle("tall", data.tall);
  const { list } = held;
  const rowOf = (id) => (id ? list.querySelector(`[data-id="${CSS.escape(id)}"]`) : null);

  const show = (target, block) => {
    if (!target) return;
    const box = list.getBoundingClientRect();
    const own = target.getBoundingClientRect();
    const inside = own.top >= box.top + 28 && own.bottom <= box.bottom;
    if (block === "nearest" && inside) return;
    list.scrollTop += own.top - box.top - (block === "nearest" ? box.height / 3 : 0);
  };
  const drawSelection = (scroll) => {
    for (const row of list.querySelectorAll('[aria-selected="true"]')) row.setAttribute("aria-selected", "false");
    const row = rowOf(bus.state.selected);
    row?.setAttribute("aria-selected", "true");
    if (row) list.setAttribute("aria-activedescendant", row.id);
    else list.removeAttribute("aria-activedescendant");
    if (scroll) show(row, "nearest");
  };
  const drawDay = (scroll) => {
    for (const group of list.querySelectorAll(".day.now")) group.classList.remove("now");
    const day = bus.state.day;
    if (!day) return;
    const groups = [...list.querySelectorAll(".day")];
    const now = groups.find((group) => group.dataset.day === day);
    now?.classList.add("now");
    const near = now ?? groups.filter((group) => group.dataset.day && group.dataset.day <= day).pop();
    if (scroll && !rowOf(bus.state.selected)) show(near, "start");
    else if (scroll && now) show(now, "start");
  };
  const choose = (row) => {
    if (!row) return;
    const group = row.closest(".day");
    const again = bus.state.selected === row.dataset.id;
    if (again) return bus.set({ selected: "" }, "list");
    bus.set({ selected: row.dataset.id, ...(group.dataset.day ? { day: group.dataset.day } : {}) }, "list");
  };

  list.onclick = (event) => choose(event.target.closest(".event"));
  list.onkeydown = (event) => {
    const rows = [...list.querySelectorAll(".event")];
    if (!rows.length) return;
    const at = rows.indexOf(rowOf(bus.state.selected));
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: rows.length - 1 };
    if (event.key === "Escape") bus.set({ selected: "" }, "list");
    else if (event.key in steps) {
      const next = rows[Math.max(0, Math.min(rows.length - 1, steps[event.key]))];
      if (next.dataset.id !== bus.state.selected) choose(next);
      show(next, "nearest");
    } else return;
    event.preventDefault();
  };
  const stop = bus.listen((changed, origin) => {
    drawSelection(changed.includes("selected") && origin !== "list");
    drawDay(changed.includes("day") && origin !== "list");
  });

  held.stop = stop;

  bus.impose(data);
  drawSelection(true);
  drawDay(!bus.state.selected);
  return stop;
}
