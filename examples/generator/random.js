// A random source that is the same on every machine and under every version of Node: the draws are
// the digests of a seed and a counter. Seeds are texts, so that each record has a source of its own
// and no draw in one record can change another.

import { createHash } from 'node:crypto';

export function random(seed) {
  let draws = 0;

  // A fraction from 0 up to, not including, 1.
  function fraction() {
    const digest = createHash('sha256').update(`${seed}:${draws++}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }

  const int = (low, high) => low + Math.floor(fraction() * (high - low + 1));
  const chance = (probability) => fraction() < probability;
  const pick = (list) => list[int(0, list.length - 1)];
  const digits = (count) => Array.from({ length: count }, () => int(0, 9)).join('');
  const list = (count, make) => Array.from({ length: count }, (_, i) => make(i));

  // One of the values of [[weight, value], ...], the more likely the greater its weight.
  function weighted(choices) {
    const total = choices.reduce((sum, [weight]) => sum + weight, 0);
    let rest = fraction() * total;
    for (const [weight, value] of choices) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return choices.at(-1)[1];
  }

  return { int, chance, pick, digits, list, weighted };
}
