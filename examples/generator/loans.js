// The records of the samples, as they stood on a given day: the names that the collector of status
// documents puts in front, and the status document itself.

import { application } from './application.js';
import { drawMistakes, makeMistakes } from './mistakes.js';
import { random } from './random.js';
import { statusOf, withTextPaths } from './status.js';

// Collections differ in what validates them: one is on zod 4 by now, one sends every path as text.
const COLLECTIONS = [
  [70, { id: 'home-loans', zod: 3, textPaths: false }],
  [18, { id: 'refinancing', zod: 4, textPaths: false }],
  [12, { id: 'broker-desk', zod: 3, textPaths: true }],
];

export const OLD = { name: 'old', start: '2026-02-25T06:00:00Z', rulesNotYet: ['CHECK_DECLARATIONS'], unfinished: 0.14 };
export const NOW = { name: 'now', start: '2026-03-02T06:00:00Z', rulesNotYet: [], unfinished: 0.06 };

const time = (start, seconds) => new Date(Date.parse(start) + seconds * 1000).toISOString().replace('.000Z', 'Z');

// Some mistakes have been put right since the old day, and some were made since.
function mistakesOn(day, r) {
  const history = drawMistakes(r).map((name) => [name, r.weighted([[75, 'both'], [15, 'old'], [10, 'now']])]);
  return history.filter(([, when]) => when === 'both' || when === day.name).map(([name]) => name);
}

export function loan(seed, number, day) {
  const id = `loan-${String(number).padStart(5, '0')}`;
  const r = random(`${seed}/${id}`);
  const collection = r.weighted(COLLECTIONS);
  const app = application(r);
  makeMistakes(app, mistakesOn(day, r), (name) => random(`${seed}/${id}/${name}`));

  const today = random(`${seed}/${id}/${day.name}`);
  const names = {
    record_id: id,
    collection_id: collection.id,
    app_id: 'lending',
    fetched_at: time(day.start, number * 3 + today.int(0, 2)),
  };
  if (today.chance(day.unfinished)) {
    return { ...names, status: today.weighted([[4, 'QUEUED'], [3, 'RUNNING'], [2, 'DRAFT'], [1, 'CANCELLED']]) };
  }
  const status = statusOf(app, collection.zod, day.rulesNotYet);
  return { ...names, ...(collection.textPaths ? withTextPaths(status) : status) };
}

// A status document, without names, of an application with just these mistakes.
export function statusWith(seed, zodVersion, mistakes) {
  const app = application(random(seed));
  makeMistakes(app, mistakes, (name) => random(`${seed}/${name}`));
  return statusOf(app, zodVersion);
}
