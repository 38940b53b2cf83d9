// What the page says: numbers, words, orders, filters, commands. Nothing here touches the document, so that tests run it
// by itself; page.js draws.
"use strict";
const facts = (() => {
  // ---- Values: a text, null, or [its first bytes, bytes in all]

  const absent = (value) => value === null || value === undefined;
  const textOf = (value) => (Array.isArray(value) ? value[0] : absent(value) ? "" : value);
  // Words stand for what has no text, and are found as what stands there.
  const shownText = (value) => (absent(value) ? "absent" : textOf(value) || "empty");
  // Absent is not empty.
  const same = (one, other) => absent(one) === absent(other) && textOf(one) === textOf(other);

  // What would be invisible, or would mislead: the same characters as on the terminal.
  const HOSTILE = new RegExp("[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f"
    + "\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]", "u");
  // Spaces that look like the one of the keyboard; and that one where it begins or ends a text.
  const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]|^ +| +$/u;
  const MARKED = new RegExp(`${HOSTILE.source}|${SPACES.source}`, "gu");
  const SHORT = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  const isHostile = (text) => HOSTILE.test(text);

  function escapeOf(character) {
    return SHORT[character] || `\\u{${character.codePointAt(0).toString(16).toUpperCase()}}`;
  }

  // A text in pieces: those to show as they are, and [what stands for others, what it is].
  function piecesOf(text) {
    const pieces = [];
    let done = 0;
    for (const match of text.matchAll(MARKED)) {
      const found = match[0];
      if (match.index > done) pieces.push(text.slice(done, match.index));
      if (found.startsWith(" ")) {
        pieces.push(["\u2423".repeat(found.length), count(found.length, "space")]);
      } else {
        pieces.push([escapeOf(found), `U+${found.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`]);
      }
      done = match.index + found.length;
    }
    if (done < text.length) pieces.push(text.slice(done));
    return pieces;
  }

  // The same as one text, for names of controls.
  function plain(value) {
    if (absent(value)) return "absent";
    return piecesOf(textOf(value)).map((piece) => (Array.isArray(piece) ? piece[0] : piece)).join("") || "empty";
  }

  // A mark of --redact is long so that no two are alike; to the eye half of it tells as much. Null: the text is none.
  const shortMark = (text) => (/^redacted:[0-9a-f]{16}$/.test(text) ? `${text.slice(0, 17)}\u2026` : null);

  const baseName = (path) => path.slice(path.replace(/\/+$/, "").lastIndexOf("/") + 1);

  // ---- Numbers

  const number = (value) => value.toLocaleString("en-US");
  const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

  // Where there is little room: from ten million on, three digits of it.
  function compact(value) {
    if (value < 1e7) return number(value);
    const [size, name] = [[1e12, "T"], [1e9, "B"], [1e6, "M"]].find((unit) => value >= unit[0]);
    const part = value / size;
    return `${part < 100 ? Math.floor(part * 10) / 10 : Math.floor(part)} ${name}`;
  }

  // Never nothing for something, nor everything for less.
  function percent(part, whole) {
    if (!whole || !part) return "0%";
    const share = (100 * part) / whole;
    if (share < 0.1) return "<0.1%";
    if (share > 99.9 && part < whole) return ">99.9%";
    if (share >= 99.5 && part < whole) return `${share.toFixed(1)}%`;
    return share >= 10 || Number.isInteger(share) ? `${Math.round(share)}%` : `${share.toFixed(1)}%`;
  }

  // The shades of the map go by the root, so that small numbers can be told apart.
  const SHADES = 6;
  const shade = (value, most) => (most <= 1 ? 3 : Math.max(1, Math.ceil(SHADES * Math.sqrt(value / most))));

  // The greatest number of each shade that has one: [shade, from, to].
  function scale(most) {
    const steps = [];
    let from = 1;
    for (let step = 1; step <= SHADES; step++) {
      const to = step === SHADES ? most : Math.floor((most * step * step) / (SHADES * SHADES));
      if (to >= from) steps.push([step, from, to]);
      from = Math.max(from, to + 1);
    }
    return steps;
  }

  // ---- What comes first, as pieces: a text, or [a text that is stressed]

  // That a record has no issue is all that is known of it: it may not be done yet, and what could not be read may have some.
  function headline(totals, asked) {
    const { records_read: read, records_failing: failing, rejects } = totals;
    const unread = rejects ? [[count(rejects, "part")], " could not be read"] : null;
    if (!read) return unread ? ["No record was read: ", ...unread] : ["Nothing was read: there is no record"];
    if (!failing) return [`No ${asked ? "such " : ""}issue in ${count(read, "record")}`, ...(unread ? [", but ", ...unread] : [])];
    const verb = failing === 1 ? (asked ? "has such an issue" : "fails") : asked ? "have such an issue" : "fail";
    return [[number(failing)], ` of ${count(read, "record")} ${verb}`];
  }

  // Is the rest well, and may have the colour for that? Statuses: [name, documents].
  const isWell = (totals, statuses) => !totals.rejects
    && (totals.records_failing > 0 || statuses.every(([name]) => name === "COMPLETED"));

  // ---- What came before

  // What looks like a change since not all was read, in sentences.
  function unreadSides(diff, totals) {
    const part = (rejects) => `${count(rejects, "part")} could not be read`;
    const then = !diff.old_records_read ? "No record was read then, so all looks new."
      : diff.old_rejects ? `${part(diff.old_rejects)} then: what looks new or grown may have been there.` : null;
    const now = !totals.records_read ? "No record was read now, so all looks gone."
      : totals.rejects ? `${part(totals.rejects)} now: what looks gone, shrunk or no longer failing may still be there.` : null;
    return [then, now].filter(Boolean);
  }

  function changeOf(group) {
    if (!group.old) return "new";
    return group.issues > group.old ? "grown" : group.issues < group.old ? "shrunk" : "same";
  }

  // How many more or fewer records were read than before, as a sentence; null where they are about as many.
  function readMore(before, now) {
    if (!before || !now || Math.abs(now - before) <= before / 10) return null;
    const times = Math.max(now, before) / Math.min(now, before);
    const round = times >= 10 ? number(Math.round(times)) : String(Math.round(times * 10) / 10);
    if (times >= 2) return `${round === "2" ? "Twice" : `${round} times`} as many records were read ${now > before ? "now" : "then"}.`;
    return `${percent(Math.abs(now - before), before)} ${now > before ? "more" : "fewer"} records were read now.`;
  }

  // ---- Groups: filters and order

  function haystack(group) {
    if (group.haystack === undefined) {
      const example = (one) => [one.record, one.path, one.message, one.expected, one.received];
      group.haystack = [group.key, group.code, group.pattern, group.message, ...group.examples.flatMap(example)]
        .map(shownText).join("\n").toLowerCase();
    }
    return group.haystack;
  }

  // state: text, whose words must all be there, in any order; key, code (undefined: any); change ("": any).
  function passes(group, state) {
    if (state.key !== undefined && !same(group.key, state.key)) return false;
    if (state.code !== undefined && !same(group.code, state.code)) return false;
    if (state.change && changeOf(group) !== state.change) return false;
    return state.text.toLowerCase().split(/\s+/).every((word) => haystack(group).includes(word));
  }

  // As people order names: 9 before 10, case last.
  const collator = new Intl.Collator("en", { numeric: true });

  // of: what a group is ordered by, a text or a number. Equal ones stay as they are.
  function ordered(groups, of, ascending) {
    const sign = ascending ? 1 : -1;
    const compare = (a, b) => (typeof a === "string" ? collator.compare(a, b) : a - b);
    return groups.map((group) => [of(group), group]).sort((a, b) => sign * compare(a[0], b[0])).map((pair) => pair[1]);
  }

  // ---- Commands

  const quote = (word) => (/^[\w.\/:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

  // Blanks before a value are none of it, but in a list.
  function term(field, value) {
    if (absent(value)) return `!${field}`;
    return /^\s/.test(value) ? `${field} in ${JSON.stringify([value])}` : `${field} = ${value}`;
  }

  // Standard input is read by now, and may have been anything.
  function fileOf(name) {
    return name === "-" ? "FILE" : name.startsWith("-") ? `./${name}` : name;
  }

  // The command that lists all issues of a group; null where it could not be typed.
  function command(group, data) {
    const words = ["errata", "list", "--limit", "0"];
    const values = ["key", "code", "pattern"].map((field) => [field, group[field]]);
    if ([...values.map((pair) => pair[1]), ...data.asked, ...data.inputs].some(Array.isArray)) return null;
    if (data.digit_names) words.push("--digit-names");
    for (const [field, value] of values) words.push("--where", term(field, value));
    for (const asked of data.asked) {
      const space = asked.indexOf(" ");
      // A filter whose value is redacted.
      if (space < 0) return null;
      words.push(asked.slice(0, space), asked.slice(space + 1));
    }
    words.push(...(data.inputs_total <= 3 ? data.inputs.map(fileOf) : ["FILE..."]));
    return words.some(isHostile) ? null : words.map(quote).join(" ");
  }

  // ---- Sentences

  const DEVIATIONS = {
    unknown_status: "The status of a document is none of the six.",
    null_errors: "A document has null for its errors.",
    name_type: "An id of a record, collection or app is no string.",
    fetched_at: "The time of fetching is no time.",
    no_rule_message: "A rule error has no message.",
    rule_message_type: "The message of a rule error is no string.",
    no_key: "A rule error has no key.",
    key_type: "The key of a rule error is no string.",
    no_errors: "A rule error has no list of issues.",
    no_code: "An issue has no code.",
    code_type: "The code of an issue is no string.",
    no_expected: "An issue does not say what was expected.",
    expected_type: "What was expected is no string.",
    no_received: "An issue does not say what was received.",
    received_type: "What was received is no string.",
    no_message: "An issue has no message.",
    message_type: "The message of an issue is no string.",
    no_path: "An issue has no path.",
    path_number: "A path has a number for a position: Zod\u2019s usual way.",
    path_type: "A path has neither text nor a number in it.",
    repeated: "A member comes twice in an object.",
    utf8: "A text is not UTF-8.",
  };

  return {
    absent, baseName, changeOf, command, compact, count, deviations: DEVIATIONS, headline, isHostile, isWell, number, ordered,
    passes, percent, piecesOf, plain, readMore, same, scale, shade, shortMark, textOf, unreadSides,
  };
})();
