// Draws the report from the data in the page. Everything is drawn at once but for the table's rows and what they open to.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { totals, groups } = data;
  const { count, number, percent, textOf } = facts;
  const { amount, bar, button, el, heading, legend, mono, section, show } = draw;
  groups.forEach((group, i) => { group.number = i; });
  const CHUNK = 100;
  const FIRST_BARS = 10;
  // A list that is hardly longer than what is shown at first is shown as a whole.
  const FEW_BARS = 12;
  const FIRST_CHANGED = 8;
  const BLOCKERS = 8;
  const cut = (shown, total, what) => (shown < total ? `${number(shown)} of ${number(total)} ${what}.` : null);

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
    const shown = list.slice(0, 3).map((name, i) => [i > 0 ? ", " : "", draw.file(name)]);
    return [...shown.flat(), total > 3 ? ` and ${number(total - Math.min(3, list.length))} more` : null];
  }

  const title = () => facts.headline(totals, data.asked.length > 0);
  // What is gone may just not have been read.
  const badge = (change) => draw.badge(change, totals.rejects > 0 || !totals.records_read);

  function tiles() {
    const of = (part, whole) => (part < whole ? `of ${number(whole)} read` : null);
    const list = [
      ["Issues", totals.issues, "single things that are wrong", of(totals.issues, totals.issues_read)],
      ["Groups", totals.groups, "issues of one rule key, code and pattern"],
      ["Rule keys", totals.keys, "rules that failed"],
      ["Codes", totals.codes, "kinds of issues"],
      ["Documents", totals.documents, "validation results", of(totals.documents, totals.documents_read)],
      ["Rejects", totals.rejects, "parts that could not be read", null, "read"],
      ["Deviations", totals.deviations, "departures from the schema, read all the same", null, "read"],
    ];
    return el("dl", { class: "tiles" }, list.map(([name, value, about, more, target]) =>
      el("div", { class: name === "Rejects" && value > 0 ? "alarm" : null },
        el("dd", { class: "small" }, about), more && el("dd", { class: "small" }, more), el("dd", null, amount(value)),
        el("dt", null, target && value > 0 ? el("a", { href: `#${target}` }, name) : name))));
  }

  function strip() {
    const one = totals.records_one_key;
    const several = totals.records_failing - one;
    const good = totals.records_read - totals.records_failing;
    const such = data.asked.length ? "such " : "";
    const well = facts.isWell(totals, data.statuses) ? "pass" : "open";
    return el("div", { class: "strip" },
      bar([[one, "fail"], [several, "soft"], [good, well]], totals.records_read, `Records: ${number(one)} with one `
        + `failing rule key, ${number(several)} with several, ${number(good)} without ${such}issues`, 4),
      legend("legend", ...[[one, "fail", ` ${one === 1 ? "fails" : "fail"} by one rule key only`],
        [several, "soft", ` ${several === 1 ? "fails" : "fail"} by several`],
        [good, well, ` ${good === 1 ? "has" : "have"} no ${such}issue`]]
        .filter(([value]) => value > 0).map(([value, kind, words]) => [kind, el("b", null, number(value)), words])));
  }

  // `1 FAILED, 1 RUNNING`: where no issue says so, these do.
  function statuses() {
    const shown = data.statuses.slice(0, 3).map(([name, value], i) => [i > 0 ? ", " : "documents: ", `${number(value)} `, show(name)]);
    return [...shown.flat(), data.statuses_total > 3 ? ` and ${count(data.statuses_total - 3, "more status", "more statuses")}` : null];
  }

  function hero() {
    const share = totals.records_failing
      ? `${percent(totals.records_failing, totals.records_read)} of what was read from ` : "Read from ";
    const when = days();
    // Then the headline says what could not be read.
    const quiet = !totals.records_failing;
    document.title = `${title().flat().join("")} - errata`;
    document.getElementById("page").append(el("section", { class: "hero", "aria-labelledby": "top" },
      el("h1", { id: "top" }, title().map((part) => (Array.isArray(part) ? el("b", null, ...part) : part))),
      el("p", { class: "lead" }, share, ...(data.inputs.length ? names(data.inputs, data.inputs_total) : ["nothing"]),
        when && ` \u00b7 ${when}`,
        quiet && data.statuses.length > 0 && [" \u00b7 ", ...statuses()],
        totals.rejects > 0 && !quiet && [" \u00b7 ", el("a", { class: "alarm", href: "#read" },
          `${count(totals.rejects, "part")} could not be read`)]),
      data.asked.length ? el("div", { class: "asked" }, el("span", { class: "soft" }, "Only issues that pass"),
        el("ul", { class: "asked", "aria-label": "Filters" }, data.asked.map((term) =>
          el("li", null, mono(textOf(term).endsWith(":redacted") && !textOf(term).includes(" ")
            ? `${term.slice(0, -9)} (redacted)` : term))))) : null,
      totals.records_read ? strip() : null, tiles()));
  }

  // ---- Changes

  const isSame = (one, other) => ["key", "code", "pattern"].every((name) => facts.same(one[name], other[name]));

  function changedRow(change, one, diff) {
    const group = change === "gone" ? null : groups.find((other) => isSame(one, other));
    const choice = { class: "plain", "aria-label": facts.plain(one.pattern), onclick: () => choose("group", group) };
    const pattern = el("span", { class: "clamp" }, mono(one.pattern));
    const numbers = change === "new" || change === "gone" ? count(change === "new" ? one.issues : one.old, "issue")
      : `${number(one.old)} \u2192 ${count(one.issues, "issue")}`;
    // Where more was read, more fails: shares of what was read tell the rest.
    const shares = facts.readMore(diff.old_records_read, totals.records_read)
      && `${percent(one.old_records, diff.old_records_read)} \u2192 ${percent(one.records, totals.records_read)} of records`;
    return el("li", null,
      el("div", null, group ? button(choice, pattern) : pattern,
        el("div", { class: "clamp small soft" }, mono(one.key), " \u00b7 ", mono(one.code))),
      el("span", { class: "small" }, numbers,
        shares ? [el("br"), el("span", { class: "soft" }, shares)] : null,
        one.newly_failing ? [el("br"), el("span", { class: "soft" }, `${count(one.newly_failing, "record")} newly`)] : null));
  }

  function changed(change) {
    const diff = data.diff;
    const list = diff.changed[change];
    const total = diff.groups[change];
    if (!total) return null;
    const rows = el("ul", null);
    const note = el("p", { class: "more small soft" });
    const more = button({ class: "quiet more", onclick: () => put(list.length) }, `Show ${number(list.length)}`);
    const put = (most) => {
      const shown = list.slice(0, most);
      rows.replaceChildren(...shown.map((one) => changedRow(change, one, diff)));
      more.hidden = shown.length === list.length;
      note.hidden = shown.length === total;
      note.textContent = `The ${number(shown.length)} greatest of ${number(total)}.`;
    };
    put(list.length <= FEW_BARS ? FEW_BARS : FIRST_CHANGED);
    return el("div", { class: "card" },
      el("h3", null, badge(change), count(total, "group")), rows, note, more,
      change === "gone" ? null : button({ class: "quiet more", onclick: () => choose("change", change) },
        total === 1 ? "Show it in the table" : `Show all ${number(total)} in the table`));
  }

  function changes() {
    const diff = data.diff;
    if (!diff) return;
    const records = [["Newly failing", diff.newly_failing], ["No longer failing", diff.no_longer_failing],
      ["Still failing", diff.still_failing], ["Added, failing", diff.added], ["Removed, failed", diff.removed]];
    const kinds = ["new", "grown", "shrunk", "gone"];
    const more = facts.readMore(diff.old_records_read, totals.records_read);
    const side = (issues, failing, read) =>
      `${count(issues, "issue")} in ${number(failing)} of ${count(read, "record")} (${percent(failing, read)})`;
    section("changes",
      heading("changes", "What changed", ["Since ", diff.name === null ? "the older run" : draw.file(diff.name),
        `: ${side(diff.old_issues, diff.old_records, diff.old_records_read)} then, `,
        `${side(totals.issues, totals.records_failing, totals.records_read)} now.`]),
      facts.unreadSides(diff, totals).map((words) => el("p", { class: "notice" }, words)),
      more ? el("p", { class: "notice" }, more, " So numbers of issues change by that alone; compare the shares of records.") : null,
      el("dl", { class: "tiles" }, records.map(([name, value]) =>
        el("div", null, el("dd", null, amount(value)), el("dt", null, name)))),
      kinds.some((kind) => diff.groups[kind]) ? el("div", { class: "kinds" }, kinds.map(changed))
        : el("p", { class: "lead" }, "No group is new, gone, grown or shrunk."),
      el("p", { class: "words" },
        diff.groups.same === 1 ? "1 group has" : diff.groups.same ? `${number(diff.groups.same)} groups have` : "No group has",
        " as many issues as before.",
        diff.unnamed ? ` ${count(diff.unnamed, "record")} without an id cannot be found again, and `
          + `${diff.unnamed === 1 ? "is" : "are"} none of the records above.` : ""));
  }

  // ---- Why: bars by key and code, the map, what blocks most

  let measure = "records";

  const amountOf = (row) => row[measure];

  function barOf(row, field) {
    const byRecords = measure === "records";
    const whole = byRecords ? totals.records_failing : totals.issues;
    const split = byRecords && row.only !== undefined;
    const alone = split && row.only ? `alone in ${count(row.only, "record")}` : null;
    const share = percent(amountOf(row), whole);
    const words = `${share} of ${byRecords ? "failing records" : "issues"}${alone ? `, ${alone}` : ""}`;
    return draw.barRow([
      button({
        class: "plain", title: "Show these groups in the table", "aria-label": facts.plain(row.value),
        onclick: () => choose(field, row.value),
      }, el("span", { class: "clamp" }, mono(row.value))),
      alone && el("p", null, alone)],
    bar(split ? [[row.only, "fail"], [row.records - row.only, "soft"]] : [[amountOf(row), "fail"]], whole, words),
    share, amountOf(row), measure);
  }

  function bars(field, one, many, rows, total) {
    const body = el("tbody", null);
    const unit = el("th", { scope: "col", class: "number amount" });
    const note = el("p", { class: "more small soft" });
    const key = field === "key" ? legend("key", ["fail", "the only rule key that fails: fix it, and these records pass"],
      ["soft", "with others"]) : null;
    const most = Math.min(rows.length, data.bars);
    let all = most <= FEW_BARS;
    const more = button({ class: "quiet more", hidden: all, onclick: () => { all = !all; put(); } });
    function put() {
      const shown = facts.ordered(rows, amountOf, false).slice(0, all ? most : FIRST_BARS);
      unit.textContent = measure === "records" ? "Records" : "Issues";
      body.replaceChildren(...shown.map((row) => barOf(row, field)));
      more.textContent = all ? `Show the first ${FIRST_BARS}` : `Show ${number(most)}`;
      note.textContent = `${number(shown.length)} of ${number(total)} ${many}, most ${measure} first.`;
      note.hidden = shown.length === total;
      if (key) key.hidden = measure !== "records";
    }
    put();
    return {
      put,
      node: el("div", { class: "card" }, el("h3", null, count(total, one, many)), key,
        draw.barTable(`${many}, by records and issues`, one.charAt(0).toUpperCase() + one.slice(1), unit, body), note, more),
    };
  }

  function why() {
    const keys = data.keys.map(([value, issues, records, only]) => ({ value, issues, records, only }));
    const codes = data.codes.map(([value, issues, records]) => ({ value, issues, records }));
    const charts = [bars("key", "rule key", "rule keys", keys, totals.keys),
      bars("code", "code", "codes", codes, totals.codes)];
    const buttons = [["records", "Records"], ["issues", "Issues"]].map(([name, words]) => button({
      "aria-pressed": String(name === measure), "data-name": name,
      onclick: () => {
        measure = name;
        buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.name === name)));
        charts.forEach((chart) => chart.put());
      },
    }, words));
    section("why",
      heading("why", "Why they fail", "A bar is a share of all records that fail, or of all issues. A record can fail "
        + "for several reasons, so shares may add up to more than 100%.",
        el("div", { class: "switch", role: "group", "aria-label": "What the bars count" }, buttons)),
      el("div", { class: "charts" }, charts.map((chart) => chart.node)));
    map(keys, codes);
    blockers();
  }

  // What the shades mean; nothing where all are one.
  function scale(most) {
    if (most <= 1) return null;
    return el("ul", { class: "scale", "aria-label": "Records of each shade" }, facts.scale(most).map(([step, from, to]) =>
      el("li", null, el("i", { class: `heat-${step}`, "aria-hidden": "true" }),
        from === to ? number(to) : `${number(from)}\u2013${number(to)}`)), el("li", null, "records"));
  }

  function map(keys, codes) {
    const rows = keys.slice(0, Math.min(data.map_keys, data.bars));
    const columns = codes.slice(0, data.map_codes);
    if (totals.keys * totals.codes < 2) return;
    const most = Math.max(...data.map.map((cell) => cell[3]));
    const cells = new Map(data.map.map((cell) => [cell[0] * data.map_codes + cell[1], cell]));
    const cell = (key, code) => {
      const found = cells.get(key * data.map_codes + code);
      if (!found) return el("td", null, el("span", { class: "hidden" }, "none"));
      return el("td", { class: `heat-${facts.shade(found[3], most)}` },
        button({
          title: `${count(found[3], "record")}, ${count(found[2], "issue")}`,
          onclick: () => choose("key", rows[key].value, "code", columns[code].value),
        }, amount(found[3]), el("span", { class: "hidden" }, ` records, ${count(found[2], "issue")}`)));
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
        scale(most),
        rows.length < totals.keys || columns.length < totals.codes
          ? el("p", { class: "more small soft" }, `${number(rows.length)} of ${count(totals.keys, "rule key")} and `
            + `${number(columns.length)} of ${count(totals.codes, "code")}, most records first.`)
          : null));
  }

  function blockers() {
    const top = groups.slice(0, BLOCKERS);
    const whole = totals.records_failing;
    if (totals.groups < 2) return;
    section("blockers",
      heading("blockers", "What blocks most records",
        "The groups (rule key, code and pattern) that stand in most records, as shares of all records that fail."),
      el("div", { class: "card" },
        legend("key", ["fail", "the record\u2019s only group"], ["soft", "with others"]),
        draw.barTable("Groups in most records", "Group", el("th", { scope: "col", class: "number amount" }, "Records"),
          el("tbody", null, top.map((group) => draw.barRow([
            button({ class: "plain", "aria-label": facts.plain(group.pattern), onclick: () => choose("group", group) },
              el("span", { class: "clamp" }, mono(group.pattern))),
            el("p", { class: "clamp" }, mono(group.key), " \u00b7 ", mono(group.code))],
          bar([[group.only, "fail"], [group.records - group.only, "soft"]], whole,
            `${number(group.records)} records, ${number(group.only)} of them by this group only`),
          percent(group.records, whole), group.records, "records")))),
        top.length < totals.groups
          ? el("p", { class: "more small soft" }, cut(top.length, totals.groups, "groups, most records first")) : null));
  }

  // ---- The table of groups

  const columns = [
    { name: "key", title: "Rule key", of: (group) => textOf(group.key), text: true },
    { name: "code", title: "Code", of: (group) => textOf(group.code), text: true },
    { name: "pattern", title: "Pattern and message", of: (group) => textOf(group.pattern), text: true },
    { name: "issues", title: "Issues", of: (group) => group.issues },
    { name: "records", title: "Records", of: (group) => group.records },
    // Of equal shares the one with more records that have nothing else.
    { name: "share", title: "Share", of: (group) => (group.only / (totals.records_failing || 1)) * 1e-6 + group.records },
  ];
  if (data.diff) columns.push({ name: "change", title: "Change", of: (group) => group.issues - (group.old || 0) });
  const anything = { text: "", key: undefined, code: undefined, change: "" };
  const state = { ...anything, sort: "records", ascending: false, shown: 0, list: [] };
  // What is open, with what it opened to: rows are made again by each filter and order.
  const opened = new Map();
  const body = el("tbody", null);
  const status = el("p", { class: "status", role: "status" });
  const chips = el("span", { class: "tools" });
  const empty = el("p", { class: "empty", hidden: true });
  const more = button({ class: "quiet more", onclick: () => { append(CHUNK); tell(); } });
  let search = null;
  let picker = null;

  function limits() {
    if (groups.length === totals.groups) return "";
    const why = data.cut_at_bytes ? `: it was cut at ${number(data.cut_at_bytes)} bytes.` : " (--max-groups).";
    return ` This page has ${number(groups.length)} of ${number(totals.groups)} groups, those in most records${why}`;
  }

  // Also what the filters are, since on paper nothing else says so.
  function tell() {
    const terms = [
      state.text && ["with \u201c", show(state.text), "\u201d"],
      state.key !== undefined && ["rule key ", mono(state.key)],
      state.code !== undefined && ["code ", mono(state.code)],
      state.change && [`only ${state.change}`],
    ].filter(Boolean);
    const found = state.list.length;
    status.replaceChildren(
      state.shown < found ? `Showing ${number(state.shown)} of ` : "", count(found, "group"),
      ...(terms.length ? [` that ${found === 1 ? "matches" : "match"} (`,
        ...terms.flatMap((term, i) => (i ? [", ", ...term] : term)), `), of ${number(groups.length)}.`] : ["."]), limits());
  }

  function append(size) {
    const next = state.list.slice(state.shown, state.shown + size);
    body.append(...next.flatMap(row));
    state.shown += next.length;
    more.hidden = state.shown >= state.list.length;
    more.textContent = `Show ${number(Math.min(CHUNK, state.list.length - state.shown))} more`;
  }

  function refresh() {
    const column = columns.find((one) => one.name === state.sort);
    state.list = facts.ordered(groups.filter((group) => facts.passes(group, state)), column.of, state.ascending);
    state.shown = 0;
    body.replaceChildren();
    chip();
    append(CHUNK);
    tell();
    empty.hidden = state.list.length > 0;
    empty.replaceChildren("No group matches.", state.text ? el("p", { class: "small" },
      "Of records only those of the examples are searched; errata list --record ID finds all of them.") : "");
  }

  function chip() {
    const one = (field, words) => state[field] === undefined ? null : button({
      class: "chip", "aria-label": `Remove the filter ${words} ${facts.plain(state[field])}`,
      onclick: () => { state[field] = undefined; refresh(); search.focus(); },
    }, `${words} `, mono(state[field]), " \u00d7");
    chips.replaceChildren(...[one("key", "Rule key"), one("code", "Code")].filter(Boolean));
    chips.hidden = !chips.childNodes.length;
  }

  // Comes from the charts: shows the groups with these values or this change, or one group, open.
  function choose(field, value, other, otherValue) {
    Object.assign(state, anything);
    if (field === "group") {
      state.key = value.key ?? null;
      state.code = value.code ?? null;
    } else {
      state[field] = value;
    }
    if (other) state[other] = otherValue;
    search.value = "";
    if (picker) picker.value = state.change;
    refresh();
    if (field === "group") open(value);
    const target = document.getElementById("groups");
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  function open(group) {
    const at = state.list.indexOf(group);
    if (at >= state.shown) append(at + 1 - state.shown);
    if (!opened.has(group)) body.querySelectorAll(".opener")[at].click();
  }

  function share(group) {
    return el("div", { class: "share" },
      bar([[group.only, "fail"], [group.records - group.only, "soft"]], totals.records_failing,
        `${count(group.only, "record")} with no other group`),
      el("span", null, percent(group.records, totals.records_failing)));
  }

  // The row of a group and, when it is open, what it opened to.
  function row(group) {
    const id = `group-${group.number}`;
    const opener = button({ class: "plain opener", "aria-label": facts.plain(group.key), "aria-describedby": id },
      el("span", { class: "clamp" }, mono(group.key)));
    const node = el("tr", { class: "row" },
      el("th", { scope: "row" }, opener),
      el("td", null, el("div", { class: "clamp" }, mono(group.code))),
      el("td", null, el("div", { class: "clamp", id }, mono(group.pattern)),
        el("div", { class: "clamp small soft" }, show(group.message))),
      el("td", { class: "number", "data-label": group.issues === 1 ? "issue" : "issues" }, amount(group.issues)),
      el("td", { class: "number", "data-label": group.records === 1 ? "record" : "records" }, amount(group.records)),
      el("td", { class: "number", "data-label": "of failing records" }, share(group)),
      data.diff && el("td", { class: "col-change" }, badge(facts.changeOf(group)), group.old && group.old !== group.issues
        ? el("div", { class: "small soft" }, amount(group.old), " \u2192 ", amount(group.issues)) : null));
    const mark = () => {
      opener.setAttribute("aria-expanded", String(opened.has(group)));
      node.classList.toggle("open", opened.has(group));
    };
    const toggle = () => {
      if (opened.has(group)) {
        opened.get(group).remove();
        opened.delete(group);
      } else {
        opened.set(group, details(group));
        node.after(opened.get(group));
      }
      mark();
    };
    opener.addEventListener("click", (event) => { event.stopPropagation(); toggle(); });
    node.addEventListener("keydown", (event) => { if (event.key === "Escape" && opened.has(group)) toggle(); });
    // The whole row is a target, but not while somebody marks text in it.
    node.addEventListener("click", () => { if (!String(getSelection())) toggle(); });
    mark();
    return opened.has(group) ? [node, opened.get(group)] : [node];
  }

  // ---- What a row opens to

  const literal = (value, json) => (json && value !== undefined
    ? [mono(value), " ", el("span", { class: "control", title: "no string: shown as JSON" }, "JSON")] : [mono(value)]);

  function place(one) {
    const name = textOf(one.source);
    return el("span", { class: "small", title: `${facts.plain(name)}:${one.line}` },
      name === "-" ? "standard input" : show(facts.baseName(name)), `:${one.line}`);
  }

  function exampleTable(group) {
    const list = group.examples;
    const titles = ["Record", "Path", "Expected", "Received", "Message", "Where"];
    return el("table", { class: "examples" },
      el("caption", null, list.length < group.issues ? `${number(list.length)} of ${count(group.issues, "issue")}`
        : count(list.length, "issue")),
      el("thead", null, el("tr", null, titles.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", null, list.map((one) => {
        const cells = [[mono(one.path)], literal(one.expected, one.expected_json), literal(one.received, one.received_json),
          [show(one.message)], [place(one)]];
        return el("tr", null,
          el("th", { scope: "row", "data-label": titles[0] }, el("div", null, mono(one.record),
            one.collection !== undefined && el("div", { class: "small soft" }, show(one.collection)))),
          cells.map((cell, i) => el("td", { "data-label": titles[i + 1] }, el("div", null, ...cell))));
      })));
  }

  // The command to the clipboard; where a browser does not let a page do that, it is marked, to be copied by hand.
  function copier(code) {
    const node = button({ class: "quiet copy" }, "Copy");
    node.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        node.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        node.textContent = "Marked";
      }
    });
    return node;
  }

  function details(group) {
    const line = facts.command(group, data);
    const code = el("code", { dir: "ltr" }, line);
    const alone = group.only === 1 ? "has no other group of issues: put this right, and it passes"
      : "have no other group of issues: put this right, and they pass";
    // The row may have been made again since.
    const close = (event) => {
      const opener = event.currentTarget.previousElementSibling.querySelector(".opener");
      if (event.key !== "Escape") return;
      opener.click();
      opener.focus();
    };
    return el("tr", { class: "detail", onkeydown: close },
      el("td", { colspan: columns.length },
        el("p", { class: "lead" },
          `In ${count(group.records, "record")}, ${percent(group.records, totals.records_failing)} of those that fail. `,
          group.only ? `${count(group.only, "record")} ${alone}.` : "Each of them has other groups of issues as well."),
        exampleTable(group),
        line && el("div", { class: "command" }, "All of them, on the command line", el("div", null, code, copier(code)))));
  }

  function header() {
    const cells = columns.map((column) => el("th", {
      scope: "col", class: `col-${column.name}${column.text || column.name === "change" ? "" : " number"}`,
      "aria-sort": column.name === state.sort ? "descending" : "none",
    }, button({
      onclick: () => {
        state.ascending = state.sort === column.name ? !state.ascending : Boolean(column.text);
        state.sort = column.name;
        cells.forEach((cell, i) => cell.setAttribute("aria-sort",
          columns[i] === column ? (state.ascending ? "ascending" : "descending") : "none"));
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
      type: "search", id: "search", autocomplete: "off", spellcheck: "false",
      placeholder: "Rule key, code, pattern, message, or an example\u2019s record and value",
      oninput: later(() => { state.text = search.value.trim(); refresh(); }),
    });
    picker = data.diff && el("select", {
      id: "change", "aria-label": "Change", onchange: () => { state.change = picker.value; refresh(); },
    }, el("option", { value: "" }, "All changes"),
    ["new", "grown", "shrunk", "same"].map((name) => el("option", { value: name }, `Only ${name}`)));
    const about = "Issues with the same rule key, code and pattern are a group. Open one for examples.";
    if (!groups.length) {
      section("groups", heading("groups", "All groups", about), el("p", { class: "card empty" },
        totals.groups ? limits() : data.asked.length ? "No issue passes the filters, so there are no groups."
          : "There are no issues, so there are no groups."));
      return;
    }
    section("groups", heading("groups", "All groups", about),
      el("div", { class: "tools" }, el("label", { for: "search", class: "hidden" }, "Filter groups by text"), search, picker, chips),
      status,
      el("table", { class: "groups" }, el("caption", { class: "hidden" }, "Groups of issues; the titles of columns sort"),
        header(), body),
      empty, more);
    refresh();
  }

  // ---- What was read

  function read() {
    const list = (title, rows, note, wide) => rows.length ? el("div", { class: wide ? "card whole" : "card" },
      el("h3", null, title),
      el("ul", null, rows.map(([name, value]) =>
        el("li", null, el("span", null, name), value === undefined ? null : el("span", { class: "number" }, value)))),
      note && el("p", { class: "more" }, note)) : null;
    section("read",
      heading("read", "What was read"),
      el("div", { class: "facts" },
        list("Statuses of documents", data.statuses.map(([name, value]) => [show(name), amount(value)]),
          cut(data.statuses.length, data.statuses_total, "statuses, most documents first")),
        list("Inputs", data.inputs.map((name) => [draw.file(name)]), cut(data.inputs.length, data.inputs_total, "inputs")),
        list("Deviations from the schema", data.deviations.map(([name, value]) =>
          [[el("span", { class: "mono" }, name), el("br"), el("span", { class: "small soft" }, facts.deviations[name])],
            amount(value)]), "Read all the same, and counted."),
        list("Rejects", data.rejects.map((one) => [[draw.file(one.source), `:${one.line}:${one.column}`, el("br"),
          el("span", { class: "small soft" }, show(one.reason))]]),
        cut(data.rejects.length, totals.rejects, "rejects")
          || "Could not be read as status documents, and are counted in nothing else.", true)),
      el("p", { class: "words" }, "A record is what was validated. It fails when it has an issue",
        data.asked.length ? " that passes the filters" : "", ". An issue is one thing that is wrong at one place. ",
        `Made by errata ${textOf(data.errata)}.`));
  }

  // ---- Light and dark

  function theme() {
    const root = document.documentElement;
    const node = document.getElementById("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    const dark = () => (chosen === null ? system.matches : chosen === "dark");
    const put = () => {
      if (chosen) root.dataset.theme = chosen;
      node.textContent = dark() ? "Light" : "Dark";
      node.setAttribute("aria-label", dark() ? "Change to light colours" : "Change to dark colours");
    };
    // Browsers that do not know pairs of colours have the light ones only.
    node.hidden = !CSS.supports("color", "light-dark(red, red)");
    node.addEventListener("click", () => { chosen = dark() ? "light" : "dark"; put(); });
    system.addEventListener("change", put);
    put();
  }

  theme();
  hero();
  changes();
  if (groups.length) why();
  table();
  read();
  performance.mark("errata-ready");
})();
