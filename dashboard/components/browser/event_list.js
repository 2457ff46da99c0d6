// The events of the view by day, only the lines in sight drawn. Choosing one tells the map at once; the map's day is
// followed without a server. The columns of all events are fetched once; a filter is one bit an event.
const HEAD = 27;
const ROW = 46;
// Lines drawn beyond what is in sight, on each side.
const SPARE = 12;
const lists = new WeakMap();
const tables = (bus.tables ??= new Map());
const KINDS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i8: Int8Array, i16: Int16Array, i32: Int32Array, f64: Float64Array };

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

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const numbersOf = ({ type, base64 }) => new KINDS[type](bytesOf(base64).buffer);

function tableOf(columns) {
  const table = { size: columns.size, ids: columns.id, labels: columns.labels, undated: columns.undated };
  for (const name of ["type", "title", "where", "killed", "badges"]) {
    const codes = numbersOf(columns[name].codes);
    table[name] = (row) => columns[name].values[codes[row]];
  }
  const raw = numbersOf(columns.day.numbers);
  // Days since 1970, null for none.
  table.day = (row) => (raw[row] ? raw[row] - 1 + columns.day.base : null);
  table.rows = new Map(columns.id.map((id, row) => [id, row]));
  return table;
}

function fetched(address) {
  if (!tables.has(address)) {
    // One store at a time: a newer one takes the place of the older.
    tables.clear();
    tables.set(address, fetch(address).then((answer) => answer.json()).then(({ columns }) => tableOf(columns)));
  }
  return tables.get(address);
}

const isoOf = (day) => (day === null ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10));

/** Heads and rows in order, each with where it begins. */
function linesOf(table, only) {
  const bits = only ? bytesOf(only) : null;
  const lines = { top: [], row: [], day: [], count: [], heads: new Map(), at: new Map(), height: 0, rows: [] };
  let day;
  let head = -1;
  for (let row = 0; row < table.size; row++) {
    if (bits && !((bits[row >> 3] >> (row & 7)) & 1)) continue;
    if (head < 0 || table.day(row) !== day) {
      day = table.day(row);
      head = lines.top.length;
      lines.heads.set(isoOf(day), head);
      push(lines, -1, day, HEAD);
    }
    lines.count[head]++;
    lines.at.set(row, lines.top.length);
    lines.rows.push(row);
    push(lines, row, day, ROW);
  }
  return lines;
}

function push(lines, row, day, height) {
  lines.top.push(lines.height);
  lines.row.push(row);
  lines.day.push(day);
  lines.count.push(0);
  lines.height += height;
}

function lineAt(lines, offset) {
  let [low, high] = [0, lines.top.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines.top[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function eventRow(table, row, marks) {
  const item = element("div", "event");
  item.id = `row-${table.ids[row]}`;
  item.dataset.id = table.ids[row];
  item.setAttribute("role", "option");
  const mark = svg("svg", { class: "mark", viewBox: "-1.3 -1.3 2.6 2.6", "aria-hidden": "true" });
  const { shape, colour } = marks[table.type(row)];
  mark.append(svg("path", { d: shape, fill: colour, stroke: "#ffffff", "stroke-width": 0.22, "paint-order": "stroke" }));
  const main = element("span", "main");
  const title = element("span", "title", table.title(row));
  title.dir = "auto";
  const where = element("span", "where", table.where(row));
  where.dir = "auto";
  main.append(title, where);
  const side = element("span", "side");
  const badges = element("span", "badges");
  for (const badge of table.badges(row)) badges.append(element("span", `badge ${badge.kind}`, badge.text));
  side.append(element("span", "killed", table.killed(row)), badges);
  item.append(mark, main, side);
  return item;
}

class Listing {
  constructor(root, data) {
    this.list = element("div", "list");
    this.list.setAttribute("role", "listbox");
    this.list.tabIndex = 0;
    this.space = element("div", "space");
    this.space.setAttribute("role", "presentation");
    this.note = element("p", "empty", data.loading);
    this.list.append(this.note, this.space);
    root.replaceChildren(this.list);
    this.list.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.list);
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest(".event");
      if (item) this.choose(this.table.rows.get(item.dataset.id));
    });
    this.list.addEventListener("keydown", (event) => this.key(event));
  }

  take(data, table) {
    this.marks = data.marks;
    if (this.table !== table || this.only !== data.only) {
      this.table = table;
      this.only = data.only;
      this.lines = linesOf(table, data.only);
      this.space.style.height = `${this.lines.height}px`;
      this.note.textContent = data.empty;
      this.note.hidden = this.lines.rows.length > 0;
      this.drawn = null;
    }
    this.draw();
  }

  /** Line of an event that the view shows; undefined for none. */
  lineOf(id) {
    return id ? this.lines.at.get(this.table.rows.get(id)) : undefined;
  }

  draw() {
    if (!this.lines) return;
    const { scrollTop, clientHeight } = this.list;
    const first = Math.max(0, lineAt(this.lines, scrollTop) - SPARE);
    const last = Math.min(this.lines.top.length, lineAt(this.lines, scrollTop + clientHeight) + SPARE);
    const key = `${first} ${last} ${bus.state.selected} ${bus.state.day}`;
    if (key === this.drawn) return;
    this.drawn = key;
    const nodes = [];
    for (let line = first; line < last; line++) nodes.push(this.node(line));
    this.space.replaceChildren(...nodes);
    const chosen = this.lineOf(bus.state.selected);
    if (chosen !== undefined && chosen >= first && chosen < last) {
      this.list.setAttribute("aria-activedescendant", `row-${bus.state.selected}`);
    } else this.list.removeAttribute("aria-activedescendant");
  }

  node(line) {
    const { row, day, top, count } = this.lines;
    const made = row[line] < 0 ? this.head(day[line], count[line]) : eventRow(this.table, row[line], this.marks);
    if (row[line] >= 0) made.setAttribute("aria-selected", String(this.table.ids[row[line]] === bus.state.selected));
    made.style.top = `${top[line]}px`;
    return made;
  }

  head(day, count) {
    const iso = isoOf(day);
    const made = element("div", iso === bus.state.day ? "head now" : "head");
    made.dataset.day = iso;
    made.setAttribute("role", "presentation");
    made.append(element("span", "", this.table.labels[day] ?? this.table.undated), element("span", "count", String(count)));
    return made;
  }

  show(line, block) {
    if (line === undefined) return;
    const { scrollTop, clientHeight } = this.list;
    const top = this.lines.top[line];
    const inside = top >= scrollTop && top + ROW <= scrollTop + clientHeight;
    if (block !== "nearest") this.list.scrollTop = top;
    else if (!inside) this.list.scrollTop = this.startFor(line);
    this.draw();
  }

  /** Where to begin so that a line is seen: with its day, where that leaves room for it, and with no line cut off. */
  startFor(line) {
    const { top, row } = this.lines;
    let head = line;
    while (head > 0 && row[head] >= 0) head -= 1;
    const { clientHeight } = this.list;
    if (top[line] + ROW - top[head] <= clientHeight) return top[head];
    return top[lineAt(this.lines, Math.max(0, top[line] - clientHeight / 3))];
  }

  follow({ selected, day }) {
    if (!this.lines) return;
    this.draw();
    const chosen = this.lineOf(bus.state.selected);
    if (selected && chosen !== undefined) this.show(chosen, "nearest");
    else if (day && bus.state.day) this.show(this.lineOfDay(bus.state.day), "start");
  }

  /** The head of a day, or of the last day before it. */
  lineOfDay(day) {
    if (this.lines.heads.has(day)) return this.lines.heads.get(day);
    let near;
    for (const [known, line] of this.lines.heads) if (known && known <= day) near = line;
    return near;
  }

  choose(row) {
    if (row === undefined) return;
    const id = this.table.ids[row];
    if (bus.state.selected === id) return bus.set({ selected: "" }, "list");
    const day = isoOf(this.table.day(row));
    bus.set({ selected: id, ...(day ? { day } : {}) }, "list");
  }

  key(event) {
    if (!this.lines?.rows.length) return;
    const { rows } = this.lines;
    const at = rows.indexOf(this.table.rows.get(bus.state.selected));
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: rows.length - 1 };
    if (event.key === "Escape") bus.set({ selected: "" }, "list");
    else if (event.key in steps) {
      const next = rows[Math.max(0, Math.min(rows.length - 1, steps[event.key]))];
      if (this.table.ids[next] !== bus.state.selected) this.choose(next);
      this.show(this.lines.at.get(next), "nearest");
    } else return;
    event.preventDefault();
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".root");
  const held = lists.get(root) ?? { listing: new Listing(root, data), drawing: 0 };
  lists.set(root, held);
  const { listing } = held;
  const drawing = ++held.drawing;
  held.stop?.();
  listing.list.setAttribute("aria-label", data.title);
  root.classList.toggle("tall", data.tall);
  held.stop = bus.listen((changed, origin) => {
    listing.follow({
      selected: changed.includes("selected") && origin !== "list", day: changed.includes("day") && origin !== "list",
    });
  });
  bus.impose(data);
  fetched(data.address).then((table) => {
    // The answer to an older drawing may come last.
    if (held.drawing !== drawing) return;
    const fresh = !listing.lines;
    listing.take(data, table);
    if (fresh) listing.follow({ selected: true, day: true });
  });
  return () => {
    if (held.drawing === drawing) held.stop();
  };
}
