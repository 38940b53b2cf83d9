// Draws the report from the data in the page. Texts of the payload are only ever put in as text: there is no innerHTML
// here, and the page's policy would not run what came by it. Everything is drawn at once but for the table's rows and
// what they open to.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const totals = data.totals;
  const page = document.getElementById("page");
  const CHUNK = 100;
  const FIRST_BARS = 10;
  // A list that is hardly longer than what is shown at first is shown as a whole.
  const FEW_BARS = 12;
  const CHANGES = {
    new: ["+", "new"], grown: ["\u2191", "grown"], shrunk: ["\u2193", "shrunk"], gone: ["\u2713", "gone"],
    same: ["=", "same"],
  };

  // ---- Elements and words

  const SVG = "http://www.w3.org/2000/svg";
  // Where CSS makes blocks of table parts, browsers forget what they were.
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick" || name === "oninput" || name === "onchange") {
        node.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        node.setAttribute(name, value === true ? "" : value);
      }
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    const role = ROLES[node.tagName] || (node.tagName === "TH" && (attributes.scope === "row" ? "rowheader" : "columnheader"));
    return fill(node, role ? { role, ...attributes } : attributes, children);
  }

  function svg(name, attributes, ...children) {
    return fill(document.createElementNS(SVG, name), attributes, children);
  }

  const number = (value) => value.toLocaleString("en-US");
  const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

  function percent(part, whole) {
    if (!whole || !part) return "0%";
    const share = (100 * part) / whole;
    if (share < 0.1) return "<0.1%";
    if (share > 99.9 && part < whole) return ">99.9%";
    return share >= 10 || Number.isInteger(share) ? `${Math.round(share)}%` : `${share.toFixed(1)}%`;
  }

  // A value is a text, null, or [its first bytes, bytes in all].
  const textOf = (value) => (Array.isArray(value) ? value[0] : value === null || value === undefined ? "" : value);
  const isPlain = (value) => typeof value === "string" && value.search(HOSTILE) < 0;

  // What would be invisible, or would mislead: the same characters as on the terminal.
  const HOSTILE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
  const SHORT = { 9: "\\t", 10: "\\n", 13: "\\r" };

  function control(character) {
    const point = character.codePointAt(0);
    const hex = point.toString(16).toUpperCase();
    return el("span", { class: "control", title: `U+${hex.padStart(4, "0")}` }, SHORT[point] || `\\u{${hex}}`);
  }

  // Names may break behind a mark rather than anywhere.
  function breakable(node, text) {
    text.split(/(?<=[_.\/])(?=[^_.\/])/).forEach((part, i) => node.append(...(i ? [document.createElement("wbr"), part] : [part])));
  }

  // A text of the payload, kept apart from what stands around it.
  function show(value, attributes) {
    if (value === null || value === undefined) return el("span", { class: "absent" }, "absent");
    const text = textOf(value);
    const node = el("bdi", attributes);
    if (text === "") return el("span", { class: "absent" }, "empty");
    let done = 0;
    for (const match of text.matchAll(HOSTILE)) {
      breakable(node, text.slice(done, match.index));
      node.append(control(match[0]));
      done = match.index + match[0].length;
    }
    breakable(node, text.slice(done));
    if (Array.isArray(value)) node.append(" ", el("span", { class: "absent" }, `\u2026 (${number(value[1])} bytes in all)`));
    return node;
  }
  const mono = (value) => show(value, { class: "mono" });

  function heading(id, title, about, ...controls) {
    return el("div", { class: "head" },
      el("div", null, el("h2", { id, tabindex: "-1" }, title), about && el("p", null, about)), ...controls);
  }

  function section(id, ...children) {
    const node = el("section", { "aria-labelledby": id }, ...children);
    page.append(node);
    return node;
  }

  // ---- Bars

  function swatch(kind) {
    return svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("rect", { class: `fill-${kind}`, width: 10, height: 10, rx: 2 }));
  }

  const legend = (name, ...parts) => el("ul", { class: name }, parts.map(([kind, ...words]) =>
    el("li", null, swatch(kind), el("span", null, ...words))));

  // parts: [[amount, kind]...] from the left, of whole. The bar says in words what it shows.
  function bar(parts, whole, words) {
    const node = svg("svg", { role: "img", viewBox: "0 0 1000 10", preserveAspectRatio: "none" },
      svg("title", null, words), svg("rect", { class: "fill-track", width: 1000, height: 10 }));
    let left = 0;
    for (const [amount, kind] of parts) {
      // Something is never nothing.
      const width = whole && amount ? Math.max((1000 * amount) / whole, 3) : 0;
      if (width) node.append(svg("rect", { class: `fill-${kind}`, x: left.toFixed(2), width: Math.min(width, 1000 - left).toFixed(2), height: 10 }));
      left += width;
    }
    return node;
  }

  // ---- What comes first

  function days() {
    const first = data.fetched_first;
    const last = data.fetched_last;
    if (!first) return null;
    const day = (time) => time.slice(0, 10);
    const minute = (time) => time.slice(11, 16);
    if (day(first) !== day(last)) return `fetched ${day(first)} to ${day(last)}`;
    return minute(first) === minute(last) ? `fetched ${day(first)}, ${minute(first)} UTC`
      : `fetched ${day(first)}, ${minute(first)} to ${minute(last)} UTC`;
  }

  function names(list, total) {
    const shown = list.slice(0, 3).map((name, i) => [i > 0 ? ", " : "", show(name)]);
    return [...shown.flat(), total > 3 ? ` and ${number(total - Math.min(3, list.length))} more` : null];
  }

  function title() {
    const read = totals.records_read;
    const failing = totals.records_failing;
    if (!read) return ["Nothing was read: there is no record"];
    if (!failing) return [data.asked.length ? "No record has such an issue" : read === 1 ? "The record passes" : `All ${number(read)} records pass`];
    const verb = data.asked.length ? (failing === 1 ? "has such an issue" : "have such an issue") : failing === 1 ? "fails" : "fail";
    return [el("b", null, number(failing)), ` of ${count(read, "record")} ${verb}`];
  }

  function tiles() {
    const facts = [
      ["Issues", totals.issues, totals.issues < totals.issues_read && `of ${number(totals.issues_read)} read`],
      ["Groups", totals.groups], ["Rule keys", totals.keys], ["Codes", totals.codes],
      ["Documents", totals.documents, totals.documents < totals.documents_read && `of ${number(totals.documents_read)} read`],
      ["Rejects", totals.rejects], ["Deviations", totals.deviations],
    ];
    return el("dl", { class: "tiles" }, facts.map(([name, value, more]) =>
      el("div", null, more && el("dd", { class: "small" }, more), el("dd", null, number(value)), el("dt", null, name))));
  }

  function strip() {
    const one = totals.records_one_key;
    const several = totals.records_failing - one;
    const good = totals.records_read - totals.records_failing;
    const words = `${number(one)} with one failing rule key, ${number(several)} with several, ${number(good)} without issues`;
    return el("div", { class: "strip" },
      bar([[one, "fail"], [several, "soft"], [good, "pass"]], totals.records_read, `Records: ${words}`),
      legend("legend", ...[[one, "fail", ` ${one === 1 ? "fails" : "fail"} by one rule key only`],
        [several, "soft", ` ${several === 1 ? "fails" : "fail"} by several`],
        [good, "pass", `${good === 1 ? " has" : " have"} no ${data.asked.length ? "such " : ""}issue`]]
        .filter(([value]) => value > 0).map(([value, kind, words]) => [kind, el("b", null, number(value)), words])));
  }

  function hero() {
    const lead = [totals.records_failing ? `${percent(totals.records_failing, totals.records_read)} of what was read from ` : "Read from ",
      ...(data.inputs.length ? names(data.inputs, data.inputs_total) : ["nothing"])];
    const when = days();
    document.title = `${title().map((part) => part.textContent || part).join("")} - errata`;
    const node = el("section", { class: "hero", "aria-labelledby": "top" },
      el("h1", { id: "top" }, title()),
      el("p", { class: "lead" }, lead, when && ` \u00b7 ${when}`),
      data.asked.length ? el("div", { class: "asked" }, el("span", { class: "soft" }, "Only issues that pass"),
        el("ul", { class: "asked", "aria-label": "Filters" }, data.asked.map((term) => el("li", null, mono(term))))) : null,
      totals.records_read ? strip() : null, tiles());
    page.append(node);
  }

  // ---- Changes

  function badge(change) {
    const [sign, word] = CHANGES[change];
    return el("span", { class: `badge badge-${change}` }, el("span", { "aria-hidden": "true" }, sign + " "), word);
  }

  function changed(change) {
    const diff = data.diff;
    const list = diff.changed[change];
    const total = diff.groups[change];
    if (!total) return null;
    return el("div", { class: "card" },
      el("h3", null, badge(change), count(total, "group")),
      el("ul", null, list.slice(0, 8).map((one) => el("li", null,
        el("div", null, el("div", { class: "clamp" }, mono(one.pattern)),
          el("div", { class: "clamp small soft" }, mono(one.key), " \u00b7 ", mono(one.code))),
        el("span", { class: "small" }, change === "new" || change === "gone" ? count(change === "new" ? one.issues : one.old, "issue")
          : `${number(one.old)} \u2192 ${count(one.issues, "issue")}`,
        one.newly_failing ? [el("br"), el("span", { class: "soft" }, `${count(one.newly_failing, "record")} newly`)] : null)))),
      total > 8 ? el("p", { class: "small soft" }, `The ${number(Math.min(8, list.length))} greatest of ${number(total)}.`) : null);
  }

  function changes() {
    const diff = data.diff;
    if (!diff) return;
    const records = [["Newly failing", diff.newly_failing], ["No longer failing", diff.no_longer_failing],
      ["Still failing", diff.still_failing], ["Added, failing", diff.added], ["Removed, failed", diff.removed]];
    const kinds = ["new", "grown", "shrunk", "gone"];
    section("changes",
      heading("changes", "What changed", ["Since ", diff.name === null ? "the older run" : show(diff.name),
        `: ${count(diff.old_issues, "issue")} in ${number(diff.old_records)} of ${count(diff.old_records_read, "record")} then, `,
        `${count(totals.issues, "issue")} in ${number(totals.records_failing)} of ${number(totals.records_read)} now.`]),
      el("dl", { class: "tiles" }, records.map(([name, value]) => el("div", null, el("dd", null, number(value)), el("dt", null, name)))),
      kinds.some((kind) => diff.groups[kind]) ? el("div", { class: "kinds" }, kinds.map(changed))
        : el("p", { class: "lead" }, "No group is new, gone, grown or shrunk."),
      el("p", { class: "words" },
        diff.groups.same ? `${count(diff.groups.same, "group")} ${diff.groups.same === 1 ? "has" : "have"} as many issues as before.`
          : "No group has as many issues as before.",
        diff.unnamed ? ` ${count(diff.unnamed, "record")} without an id cannot be found again, and ${diff.unnamed === 1 ? "is" : "are"} `
          + "none of the records above." : ""));
  }

  // ---- Why: bars by key and code, the map, what blocks most

  let measure = "records";

  function amount(row) {
    return measure === "records" ? row.records : row.issues;
  }

  function barRow(row, field) {
    const whole = measure === "records" ? totals.records_failing : totals.issues;
    const parts = measure === "records" && row.only !== undefined
      ? [[row.only, "fail"], [row.records - row.only, "soft"]] : [[amount(row), "fail"]];
    const words = `${percent(amount(row), whole)} of ${measure === "records" ? "failing records" : "issues"}`;
    return el("tr", null,
      el("th", { scope: "row", class: "name" },
        el("button", { type: "button", class: "plain", title: "Show these groups in the table", onclick: () => choose(field, row.value) },
          el("span", { class: "clamp" }, mono(row.value))),
        row.only ? el("p", null, `alone in ${count(row.only, "record")}`) : null),
      el("td", { class: "chart" }, bar(parts, whole, words)),
      el("td", { class: "number percent" }, percent(amount(row), whole)),
      el("td", { class: "number", "data-label": measure }, number(amount(row))));
  }

  function bars(field, one, many, rows, total) {
    const body = el("tbody", null);
    const unit = el("th", { scope: "col", class: "number amount" });
    const note = el("p", { class: "more small soft" });
    let all = false;
    const more = el("button", { type: "button", class: "quiet more", onclick: () => { all = !all; draw(); } });
    function draw() {
      const sorted = [...rows].sort((a, b) => amount(b) - amount(a));
      const shown = all || rows.length <= FEW_BARS ? sorted : sorted.slice(0, FIRST_BARS);
      unit.textContent = measure === "records" ? "Records" : "Issues";
      body.replaceChildren(...shown.map((row) => barRow(row, field)));
      more.textContent = all ? `Show the first ${FIRST_BARS}` : `Show ${number(rows.length)}`;
      more.hidden = rows.length <= FEW_BARS;
      note.textContent = `${number(shown.length)} of ${number(total)} ${many}, most ${measure} first.`;
      note.hidden = shown.length === total;
    }
    draw();
    return {
      draw,
      node: el("div", { class: "card" },
        el("h3", null, count(total, one, many)),
        field === "key" ? legend("key", ["fail", "the only rule key that fails: fix it, and these records pass"], ["soft", "with others"]) : null,
        el("table", { class: "bars" }, el("caption", { class: "hidden" }, `${many}, by records and issues`),
          el("thead", null, el("tr", null, el("th", { scope: "col", class: "name" }, one.charAt(0).toUpperCase() + one.slice(1)),
            el("th", { scope: "col", class: "chart" }, el("span", { class: "hidden" }, "Bar")),
            el("th", { scope: "col", class: "number percent" }, "Share"), unit)), body),
        note, more),
    };
  }

  function why() {
    const keys = data.keys.map(([value, issues, records, only]) => ({ value, issues, records, only }));
    const codes = data.codes.map(([value, issues, records]) => ({ value, issues, records }));
    const charts = [bars("key", "rule key", "rule keys", keys, totals.keys), bars("code", "code", "codes", codes, totals.codes)];
    const buttons = ["records", "issues"].map((name) => el("button", {
      type: "button", "aria-pressed": String(name === measure),
      onclick: () => {
        measure = name;
        buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.name === name)));
        charts.forEach((chart) => chart.draw());
      },
    }, name === "records" ? "Records" : "Issues"));
    buttons[0].dataset.name = "records";
    buttons[1].dataset.name = "issues";
    section("why",
      heading("why", "Why they fail", "A bar is a share of all records that fail, or of all issues. A record can fail for several "
        + "reasons, so shares may add up to more than 100%.",
        el("div", { class: "switch", role: "group", "aria-label": "What the bars count" }, buttons)),
      el("div", { class: "charts" }, charts.map((chart) => chart.node)));
    map(keys, codes);
    blockers();
  }

  function map(keys, codes) {
    const rows = keys.slice(0, data.map_keys);
    const columns = codes.slice(0, data.map_codes);
    if (totals.keys * totals.codes < 2) return;
    const most = Math.max(...data.map.map((cell) => cell[3]));
    const cells = new Map(data.map.map((cell) => [cell[0] * data.map_codes + cell[1], cell]));
    // Six shades, by the root, so that the small ones can be told apart.
    const shade = (value) => Math.max(1, Math.ceil(6 * Math.sqrt(value / most)));
    const cell = (key, code) => {
      const found = cells.get(key * data.map_codes + code);
      if (!found) return el("td", null, el("span", { class: "hidden" }, "none"));
      return el("td", { class: `heat-${shade(found[3])}` },
        el("button", {
          type: "button", title: `${count(found[3], "record")}, ${count(found[2], "issue")}`,
          onclick: () => choose("key", rows[key].value, "code", columns[code].value),
        },
          number(found[3]), el("span", { class: "hidden" }, ` records, ${count(found[2], "issue")}`)));
    };
    const head = (scope, value) => el("th", { scope }, el("div", { class: "clamp" }, mono(value)));
    section("map",
      heading("map", "Which codes, by rule key", "Records with such an issue. A cell leads to its groups."),
      el("div", { class: "card" },
        el("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "map" },
          el("table", { class: "map" },
            el("caption", { class: "hidden" }, "Records by rule key and code"),
            el("thead", null, el("tr", null, el("td", { class: "corner" }), columns.map((column) => head("col", column.value)))),
            el("tbody", null, rows.map((row, key) =>
              el("tr", null, head("row", row.value), columns.map((column, code) => cell(key, code))))))),
        el("p", { class: "scale" }, "1 record",
          el("span", { "aria-hidden": "true" }, [1, 2, 3, 4, 5, 6].map((step) => el("i", { class: `heat-${step}` }))), count(most, "record")),
        rows.length < totals.keys || columns.length < totals.codes
          ? el("p", { class: "more small soft" }, `${number(rows.length)} of ${count(totals.keys, "rule key")} and `
            + `${number(columns.length)} of ${count(totals.codes, "code")}, most records first.`)
          : null));
  }

  function blockers() {
    const top = groups.slice(0, 8);
    if (totals.groups < 2) return;
    section("blockers",
      heading("blockers", "What blocks most records",
        "The groups (rule key, code and pattern) that stand in most records, as shares of all records that fail."),
      el("div", { class: "card" },
        legend("key", ["fail", "the record\u2019s only group"], ["soft", "with others"]),
        el("table", { class: "bars" }, el("caption", { class: "hidden" }, "Groups in most records"),
          el("thead", null, el("tr", null, el("th", { scope: "col", class: "name" }, "Group"),
            el("th", { scope: "col", class: "chart" }, el("span", { class: "hidden" }, "Bar")),
            el("th", { scope: "col", class: "number percent" }, "Share"), el("th", { scope: "col", class: "number amount" }, "Records"))),
          el("tbody", null, top.map((group) => el("tr", null,
            el("th", { scope: "row", class: "name" },
              el("button", { type: "button", class: "plain", onclick: () => choose("group", group) },
                el("span", { class: "clamp" }, mono(group.pattern))),
              el("p", { class: "clamp" }, mono(group.key), " \u00b7 ", mono(group.code))),
            el("td", { class: "chart" }, bar([[group.only, "fail"], [group.records - group.only, "soft"]], totals.records_failing,
              `${number(group.records)} records, ${number(group.only)} of them by this group only`)),
            el("td", { class: "number percent" }, percent(group.records, totals.records_failing)),
            el("td", { class: "number", "data-label": "records" }, number(group.records))))))));
  }

  // ---- The table of groups

  const groups = data.groups;
  const columns = [
    { name: "key", title: "Rule key", of: (group) => textOf(group.key), text: true },
    { name: "code", title: "Code", of: (group) => textOf(group.code), text: true },
    { name: "pattern", title: "Pattern and message", of: (group) => textOf(group.pattern), text: true },
    { name: "issues", title: "Issues", of: (group) => group.issues },
    { name: "records", title: "Records", of: (group) => group.records },
    { name: "share", title: "Share", of: (group) => group.only / (totals.records_failing || 1) * 1e-6 + group.records },
  ];
  if (data.diff) columns.push({ name: "change", title: "Change", of: (group) => group.issues - (group.old || 0) });
  const state = { sort: "records", ascending: false, text: "", key: undefined, code: undefined, change: "", shown: 0, list: [] };
  const body = el("tbody", null);
  const status = el("p", { class: "status", role: "status" });
  const chips = el("span", { class: "tools" });
  const empty = el("p", { class: "empty", hidden: true });
  const more = el("button", { type: "button", class: "quiet more", onclick: () => append(CHUNK) });
  let search = null;

  function changeOf(group) {
    if (!group.old) return "new";
    return group.issues > group.old ? "grown" : group.issues < group.old ? "shrunk" : "same";
  }

  function haystack(group) {
    if (group.haystack === undefined) {
      const example = (one) => [one.record, one.path, one.message, one.expected, one.received];
      group.haystack = [group.key, group.code, group.pattern, group.message, ...group.examples.flatMap(example)].map(textOf).join("\n").toLowerCase();
    }
    return group.haystack;
  }

  // Absent is not empty.
  const absent = (value) => value === null || value === undefined;
  const same = (one, other) => absent(one) === absent(other) && textOf(one) === textOf(other);

  function passes(group) {
    if (state.key !== undefined && !same(group.key, state.key)) return false;
    if (state.code !== undefined && !same(group.code, state.code)) return false;
    if (state.change && changeOf(group) !== state.change) return false;
    return state.text === "" || haystack(group).includes(state.text);
  }

  function order() {
    const column = columns.find((one) => one.name === state.sort);
    const sign = state.ascending ? 1 : -1;
    const compare = column.text ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => a - b;
    const keyed = state.list.map((group) => [column.of(group), group]);
    keyed.sort((a, b) => sign * compare(a[0], b[0]));
    state.list = keyed.map((pair) => pair[1]);
  }

  function limits() {
    const parts = [];
    if (groups.length < totals.groups) {
      parts.push(` This page has ${number(groups.length)} of ${number(totals.groups)} groups, those in most records`);
      parts.push(data.cut_at_bytes ? `: it was cut at ${number(data.cut_at_bytes)} bytes.` : " (--max-groups).");
    }
    return parts.join("");
  }

  function tell() {
    const all = state.list.length === groups.length;
    const shown = state.shown < state.list.length ? `Showing ${number(state.shown)} of ` : "";
    status.textContent = `${shown}${count(state.list.length, "group")}${all ? "." : ` that ${state.list.length === 1 ? "matches" : "match"}, of ${number(groups.length)}.`}${limits()}`;
    more.hidden = state.shown >= state.list.length;
    more.textContent = `Show ${number(Math.min(CHUNK, state.list.length - state.shown))} more`;
    empty.hidden = state.list.length > 0;
    empty.textContent = "No group matches.";
  }

  function append(size) {
    const next = state.list.slice(state.shown, state.shown + size);
    body.append(...next.map(row));
    state.shown += next.length;
    tell();
  }

  function refresh() {
    state.list = groups.filter(passes);
    order();
    state.shown = 0;
    body.replaceChildren();
    chip();
    append(CHUNK);
  }

  function chip() {
    const one = (field, words) => state[field] === undefined ? null : el("button", {
      type: "button", class: "chip", "aria-label": `Remove the filter ${words} ${textOf(state[field])}`,
      onclick: () => { state[field] = undefined; refresh(); search.focus(); },
    }, `${words} `, mono(state[field]), " \u00d7");
    chips.replaceChildren(...[one("key", "Rule key"), one("code", "Code")].filter(Boolean));
    chips.hidden = !chips.childNodes.length;
  }

  // Comes from the charts: shows the groups with these values, or one group, open.
  function choose(field, value, other, otherValue) {
    Object.assign(state, { text: "", key: undefined, code: undefined, change: "" });
    search.value = "";
    const picker = document.getElementById("change");
    if (picker) picker.value = "";
    if (field === "group") {
      state.key = value.key ?? null;
      state.code = value.code ?? null;
    } else {
      state[field] = value;
    }
    if (other) state[other] = otherValue;
    refresh();
    if (field === "group") open(value);
    const target = document.getElementById("groups");
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  function open(group) {
    const at = state.list.indexOf(group);
    if (at >= state.shown) append(at + 1 - state.shown);
    body.querySelectorAll(".opener")[at].click();
  }

  function share(group) {
    return el("div", { class: "share" },
      bar([[group.only, "fail"], [group.records - group.only, "soft"]], totals.records_failing, `${count(group.only, "record")} with no other group`),
      el("span", null, percent(group.records, totals.records_failing)));
  }

  function row(group) {
    const opener = el("button", { type: "button", class: "plain opener", "aria-expanded": "false" }, el("span", { class: "clamp" }, mono(group.key)));
    const node = el("tr", { class: "row" },
      el("th", { scope: "row" }, opener),
      el("td", null, el("div", { class: "clamp" }, mono(group.code))),
      el("td", null, el("div", { class: "clamp" }, mono(group.pattern)), el("div", { class: "clamp small soft" }, show(group.message))),
      el("td", { class: "number", "data-label": group.issues === 1 ? "issue" : "issues" }, number(group.issues)),
      el("td", { class: "number", "data-label": group.records === 1 ? "record" : "records" }, number(group.records)),
      el("td", { class: "number", "data-label": "of failing records" }, share(group)),
      data.diff && el("td", { class: "col-change" }, badge(changeOf(group)), group.old && group.old !== group.issues
        ? el("div", { class: "small soft" }, `${number(group.old)} \u2192 ${number(group.issues)}`) : null));
    let detail = null;
    function toggle() {
      const closed = opener.getAttribute("aria-expanded") === "false";
      opener.setAttribute("aria-expanded", String(closed));
      node.classList.toggle("open", closed);
      detail = detail || details(group);
      if (closed) node.after(detail);
      else detail.remove();
    }
    opener.addEventListener("click", (event) => { event.stopPropagation(); toggle(); });
    // The whole row is a target, but not while somebody marks text in it.
    node.addEventListener("click", () => { if (!String(getSelection())) toggle(); });
    return node;
  }

  // ---- What a row opens to

  const literal = (value, json) => (json && value !== undefined ? el("span", { title: "as JSON" }, mono(value)) : mono(value));

  function exampleTable(group) {
    const list = group.examples;
    const titles = ["Record", "Path", "Expected", "Received", "Message", "Where"];
    return el("table", { class: "examples" },
      el("caption", null, list.length < group.issues ? `${number(list.length)} of ${count(group.issues, "issue")}` : count(list.length, "issue")),
      el("thead", null, el("tr", null, titles.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", null, list.map((one) => el("tr", null,
        el("th", { scope: "row", "data-label": titles[0] }, el("div", null, mono(one.record),
          one.collection !== undefined && el("div", { class: "small soft" }, show(one.collection)))),
        el("td", { "data-label": titles[1] }, mono(one.path)),
        el("td", { "data-label": titles[2] }, literal(one.expected, one.expected_json)),
        el("td", { "data-label": titles[3] }, literal(one.received, one.received_json)),
        el("td", { "data-label": titles[4] }, show(one.message)),
        el("td", { "data-label": titles[5] }, el("span", { class: "small" }, show(one.source), `:${one.line}`))))));
  }

  const quote = (word) => (/^[\w.\/:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

  // The command that lists them all; null where it could not be typed.
  function command(group) {
    const words = ["errata", "list"];
    for (const field of ["key", "code", "pattern"]) {
      if (group[field] === undefined) words.push("--where", `!${field}`);
      else words.push("--where", `${field} = ${group[field]}`);
    }
    for (const term of data.asked) {
      const space = textOf(term).indexOf(" ");
      // A filter whose value is redacted.
      if (space < 0) return null;
      words.push(textOf(term).slice(0, space), textOf(term).slice(space + 1));
    }
    words.push(...(data.inputs_total <= 3 ? data.inputs.map(textOf) : ["FILE..."]));
    const whole = [group.key, group.code, group.pattern, ...data.asked, ...data.inputs].every((value) => !Array.isArray(value));
    return whole && words.every(isPlain) ? words.map(quote).join(" ") : null;
  }

  function details(group) {
    const line = command(group);
    const parts = [`In ${count(group.records, "record")}, ${percent(group.records, totals.records_failing)} of those that fail. `,
      group.only ? `${count(group.only, "record")} ${group.only === 1 ? "has" : "have"} no other group of issues: put this right, and `
        + `${group.only === 1 ? "it passes" : "they pass"}.`
        : "Each of them has other groups of issues as well."];
    return el("tr", { class: "detail" }, el("td", { colspan: columns.length },
      el("p", { class: "lead" }, ...parts), exampleTable(group),
      line && el("p", { class: "command" }, "All of them, on the command line", el("code", null, line))));
  }

  function header() {
    const cells = columns.map((column) => el("th", {
      scope: "col", class: `col-${column.name}${column.text || column.name === "change" ? "" : " number"}`,
      "aria-sort": column.name === state.sort ? "descending" : "none",
    }, el("button", {
      type: "button",
      onclick: () => {
        state.ascending = state.sort === column.name ? !state.ascending : Boolean(column.text);
        state.sort = column.name;
        cells.forEach((cell, i) => cell.setAttribute("aria-sort", columns[i] === column ? (state.ascending ? "ascending" : "descending") : "none"));
        refresh();
      },
    }, column.title)));
    return el("thead", null, el("tr", null, cells));
  }

  function later(action) {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(action, 120); };
  }

  function table() {
    search = el("input", {
      type: "search", id: "search", placeholder: "Rule key, code, pattern, message, record, value", autocomplete: "off", spellcheck: "false",
      oninput: later(() => { state.text = search.value.trim().toLowerCase(); refresh(); }),
    });
    const picker = data.diff && el("select", {
      id: "change", "aria-label": "Change",
      onchange: (event) => { state.change = event.target.value; refresh(); },
    },
      el("option", { value: "" }, "All changes"), ["new", "grown", "shrunk", "same"].map((name) => el("option", { value: name }, `Only ${name}`)));
    section("groups",
      heading("groups", "All groups", "Issues with the same rule key, code and pattern are a group. Open one for examples."),
      !groups.length && el("p", { class: "card empty" }, data.asked.length ? "No issue passes the filters, so there are no groups."
        : "There are no issues, so there are no groups."),
      ...(groups.length ? [
        el("div", { class: "tools" }, el("label", { for: "search", class: "hidden" }, "Filter groups by text"), search, picker, chips),
      status,
      el("table", { class: "groups" }, el("caption", { class: "hidden" }, "Groups of issues; the titles of columns sort"), header(), body),
      empty, more] : []));
    if (!groups.length) return;
    refresh();
    // Rows come as they are scrolled to; the button is for those who do not scroll.
    if ("IntersectionObserver" in window) {
      new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting) && !more.hidden) append(CHUNK);
      }, { rootMargin: "600px" }).observe(more);
    }
  }

  // ---- What was read

  function facts() {
    const list = (title, rows, note, wide) => rows.length ? el("div", { class: wide ? "card whole" : "card" }, el("h3", null, title),
      el("ul", null, rows.map(([name, value]) =>
        el("li", null, el("span", null, name), value === undefined ? null : el("span", { class: "number" }, value)))),
      note && el("p", null, note)) : null;
    const of = (shown, total, what) => (shown < total ? `${number(shown)} of ${number(total)} ${what}.` : null);
    section("read",
      heading("read", "What was read"),
      el("div", { class: "facts" },
        list("Statuses of documents", data.statuses.map(([name, value]) => [show(name), number(value)])),
        list("Inputs", data.inputs.map((name) => [show(name)]), of(data.inputs.length, data.inputs_total, "inputs")),
        list("Deviations from the schema", data.deviations.map(([name, value]) => [el("span", { class: "mono" }, name), number(value)]),
          "Read all the same, and counted."),
        list("Rejects", data.rejects.map((one) => [el("span", null, show(one.source), `:${one.line}:${one.column}`, el("br"),
          el("span", { class: "small soft" }, show(one.reason)))]),
          of(data.rejects.length, totals.rejects, "rejects") || "Could not be read as status documents, and are counted in nothing else.", true)),
      el("p", { class: "words" }, "A record is what was validated. It fails when it has an issue",
        data.asked.length ? " that passes the filters" : "", ". An issue is one thing that is wrong at one place. ",
        `Made by errata ${textOf(data.errata)}.`));
  }

  // ---- Light and dark

  function theme() {
    const root = document.documentElement;
    const button = document.getElementById("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    const dark = () => (chosen === null ? system.matches : chosen === "dark");
    const draw = () => {
      if (chosen) root.dataset.theme = chosen;
      button.textContent = dark() ? "Light" : "Dark";
      button.setAttribute("aria-label", dark() ? "Change to light colours" : "Change to dark colours");
    };
    button.hidden = false;
    button.addEventListener("click", () => { chosen = dark() ? "light" : "dark"; draw(); });
    system.addEventListener("change", draw);
    draw();
  }

  theme();
  hero();
  changes();
  if (groups.length) why();
  table();
  facts();
  performance.mark("errata-ready");
})();
