// Elements of the page. Texts of the payload are only ever put in as text: there is no innerHTML here, and the page's
// policy would not run what came by it.
"use strict";
const draw = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  // Where CSS makes blocks of table parts, browsers forget what they were.
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  const isNothing = (child) => child === null || child === undefined || child === false;

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) {
        node.addEventListener(name.slice(2), value);
      } else if (!isNothing(value)) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    node.append(...children.flat().filter((child) => !isNothing(child)));
    return node;
  }

  function roleOf(node, attributes) {
    if (node.tagName === "TH") return attributes.scope === "row" ? "rowheader" : "columnheader";
    return ROLES[node.tagName];
  }

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    const role = roleOf(node, attributes);
    return fill(node, role ? { role, ...attributes } : attributes, children);
  }

  const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
  const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);

  // ---- Texts of the payload

  // Names may break behind a mark rather than anywhere.
  function breakable(text) {
    return text.split(/(?<=[_.\/])(?=[^_.\/])/).flatMap((part, i) => (i ? [document.createElement("wbr"), part] : [part]));
  }

  // Kept apart from what stands around it.
  function show(value, attributes) {
    if (facts.absent(value)) return el("span", { class: "absent" }, "absent");
    const text = facts.textOf(value);
    if (text === "") return el("span", { class: "absent" }, "empty");
    const short = facts.shortMark(text);
    if (short) return el("bdi", { ...attributes, title: text }, short);
    const pieces = facts.piecesOf(text).map((piece) =>
      (Array.isArray(piece) ? el("span", { class: "control", title: piece[1] }, piece[0]) : breakable(piece)));
    return el("bdi", attributes, ...pieces, ...(Array.isArray(value)
      ? [" ", el("span", { class: "absent" }, `\u2026 (${facts.number(value[1])} bytes in all)`)] : []));
  }

  const mono = (value) => show(value, { class: "mono" });
  const file = (name) => (name === "-" ? "standard input" : show(name));

  // A number where there is little room: the whole of it is behind it.
  function amount(value) {
    const short = facts.compact(value);
    const whole = facts.number(value);
    return short === whole ? whole : el("span", { title: whole }, short);
  }

  // ---- Parts

  function heading(id, title, about, ...controls) {
    return el("div", { class: "head" },
      el("div", null, el("h2", { id, tabindex: "-1" }, title), about && el("p", null, about)), ...controls);
  }

  function section(id, ...children) {
    document.getElementById("page").append(el("section", { "aria-labelledby": id }, ...children));
  }

  function swatch(kind) {
    return svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
      svg("rect", { class: `fill-${kind}`, width: 10, height: 10, rx: 2 }));
  }

  const legend = (name, ...parts) => el("ul", { class: name }, parts.map(([kind, ...words]) =>
    el("li", null, swatch(kind), el("span", null, ...words))));

  // parts: [[amount, kind]...] from the left, of whole. The bar says in words what it shows. gap: between parts, in
  // thousandths, which then have room for an edge.
  function bar(parts, whole, words, gap = 0) {
    const node = svg("svg", { role: "img", viewBox: "0 0 1000 10", preserveAspectRatio: "none" },
      svg("title", null, words), svg("rect", { class: "fill-track", width: 1000, height: 10 }));
    const edge = gap ? 0.5 : 0;
    let left = 0;
    for (const [part, kind] of parts) {
      // Something is never nothing.
      const width = whole && part ? Math.max((1000 * part) / whole, 3) : 0;
      const room = left ? gap : edge;
      if (width) {
        node.append(svg("rect", {
          class: `fill-${kind}`, x: (left + room).toFixed(2), y: edge, height: 10 - 2 * edge,
          width: Math.max(1, Math.min(width, 1000 - left) - room - 2 * edge).toFixed(2),
        }));
      }
      left += width;
    }
    return node;
  }

  // Rows of bars: a title for what they are of, and one for the number behind them.
  function barTable(caption, name, unit, body) {
    return el("table", { class: "bars" }, el("caption", { class: "hidden" }, caption),
      el("thead", null, el("tr", null, el("th", { scope: "col", class: "name" }, name),
        el("th", { scope: "col", class: "chart" }, el("span", { class: "hidden" }, "Bar")),
        el("th", { scope: "col", class: "number percent" }, "Share"), unit)), body);
  }

  function barRow(name, chart, share, value, unit) {
    return el("tr", null, el("th", { scope: "row", class: "name" }, ...name), el("td", { class: "chart" }, chart),
      el("td", { class: "number percent" }, share), el("td", { class: "number", "data-label": unit }, amount(value)));
  }

  // doubtful: what looks better may not be.
  function badge(change, doubtful) {
    const signs = { new: "+", grown: "\u2191", shrunk: "\u2193", gone: doubtful ? "?" : "\u2713", same: "=" };
    const look = doubtful && (change === "gone" || change === "shrunk") ? "same" : change;
    return el("span", { class: `badge badge-${look}` }, el("span", { "aria-hidden": "true" }, `${signs[change]} `), change);
  }

  return { amount, badge, bar, barRow, barTable, button, el, file, heading, legend, mono, section, show, swatch };
})();
