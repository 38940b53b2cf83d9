// Writes the sample payloads, or with --check tells whether they are what would be written.

import { readFileSync, writeFileSync } from 'node:fs';
import { allCodes } from './all-codes.js';
import { damagedLines } from './damaged.js';
import { loan, NOW, OLD, statusWith } from './loans.js';

const SEED = 'errata samples 1';
const EXAMPLES = new URL('../', import.meta.url);

const numbers = (count) => Array.from({ length: count }, (_, i) => i + 1);
const lines = (list) => list.map((line) => `${line}\n`).join('');
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

function samples() {
  const now = numbers(2000).map((n) => loan(SEED, n, NOW));
  const old = numbers(500).map((n) => loan(SEED, n, OLD));
  const failed = now.filter((document) => document.status === 'FAILED' && document.errors.length < 3);
  const nested = ['balance typed as text', 'asset without address', 'asset of another kind', 'ssn without hyphens', 'consent not given'];
  const asLine = (document) => JSON.stringify(document);
  return {
    'loans.ndjson': lines(now.map(asLine)),
    'loans-old.ndjson': lines(old.map(asLine)),
    'records.json': pretty(now.filter((_, i) => i % 100 === 0)),
    'status-zod3.json': pretty(statusWith(SEED, 3, nested)),
    'status-zod4.json': pretty(statusWith(SEED, 4, nested)),
    'damaged.ndjson': lines(damagedLines(failed.slice(0, 13).map(asLine))),
    '../tests/cases/zod3-all-codes.json': pretty(allCodes(3)),
    '../tests/cases/zod4-all-codes.json': pretty(allCodes(4)),
  };
}

function differs(url, text) {
  try {
    return readFileSync(url, 'utf8') !== text;
  } catch (error) {
    if (error.code === 'ENOENT') return true;
    throw error;
  }
}

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(samples())) {
  const url = new URL(name, EXAMPLES);
  if (!check) {
    writeFileSync(url, text);
  } else if (differs(url, text)) {
    console.error(`${name} is not what the generator makes`);
    process.exitCode = 1;
  }
}
