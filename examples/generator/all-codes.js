// Status documents in which every issue code of zod 3, or of zod 4, occurs: small schemas, each
// with a value that fails it. The readers' tests are fed these.

import { z as zod3 } from 'zod3';
import { z as zod4 } from 'zod4';

const CODES = {
  3: [
    'invalid_type', 'invalid_literal', 'custom', 'invalid_union', 'invalid_union_discriminator', 'invalid_enum_value',
    'unrecognized_keys', 'invalid_arguments', 'invalid_return_type', 'invalid_date', 'invalid_string', 'too_small',
    'too_big', 'invalid_intersection_types', 'not_multiple_of', 'not_finite',
  ],
  4: [
    'invalid_type', 'too_big', 'too_small', 'invalid_format', 'not_multiple_of', 'unrecognized_keys', 'invalid_union',
    'invalid_key', 'invalid_element', 'invalid_value', 'custom',
  ],
};

// Cases that zod 3 and zod 4 share: [name, schema, value that fails it].
const both = (z) => [
  ['MISSING', z.object({ income: z.number() }), {}],
  ['TYPE', z.object({ borrowers: z.array(z.object({ income: z.number() })) }), { borrowers: [{ income: 1 }, { income: '1' }] }],
  ['NULL', z.object({ income: z.number() }), { income: null }],
  ['NAN', z.object({ income: z.number() }), { income: NaN }],
  ['FINITE', z.number().finite(), Infinity],
  ['INTEGER', z.object({ pages: z.number().int() }), { pages: 1.5 }],
  ['DATE', z.object({ born: z.date() }), { born: new Date('?') }],
  ['LITERAL_TEXT', z.object({ kind: z.literal('HOUSE') }), { kind: 5 }],
  ['LITERAL_NUMBER', z.object({ version: z.literal(3) }), { version: '3' }],
  ['LITERAL_TRUE', z.literal(true), { nested: [1, { deep: null }] }],
  ['LITERAL_NULL', z.literal(null), ['a', 'b']],
  ['LITERAL_ABSENT', z.object({ kind: z.literal('HOUSE') }), {}],
  ['ENUM', z.enum(['RENT', 'BONUS']), 'GIFT'],
  ['ENUM_TYPE', z.enum(['RENT', 'BONUS']), 7],
  ['STRICT', z.object({}).strict(), { note: 1, 'a "quoted" key': 2 }],
  ['UNION', z.union([z.string(), z.object({ amount: z.number() })]), { amount: '5' }],
  ['UNION_NESTED', z.object({ balance: z.array(z.union([z.string(), z.union([z.boolean(), z.object({ errors: z.number(), key: z.null() })])])) }), { balance: [{ errors: 'x', key: 'y' }] }],
  ['DISCRIMINATOR', z.discriminatedUnion('type', [z.object({ type: z.literal('FIXED') }), z.object({ type: z.literal('VARIABLE') })]), { type: 'TBD' }],
  ['EMAIL', z.string().email(), 'nobody'],
  ['URL', z.string().url(), 'no url'],
  ['REGEX', z.string().regex(/^"\\\d+\t$/), ''],
  ['STARTS', z.string().startsWith('+'), '1'],
  ['INCLUDES', z.string().includes('@', { position: 2 }), '@'],
  ['DATETIME', z.string().datetime(), '2026-01-02'],
  ['IP', z.string().ip ? z.string().ip() : z.ipv4(), '1.2.3'],
  ['TEXT_SHORT', z.string().min(3), ''],
  ['TEXT_LENGTH', z.string().length(3), 'ab'],
  ['TEXT_LONG', z.string().max(1), 'ab'],
  ['NUMBER_SMALL', z.number().positive(), 0],
  ['NUMBER_BIG', z.number().lt(0.5), 0.5],
  ['LIST_SMALL', z.array(z.string()).nonempty(), []],
  ['LIST_BIG', z.object({ documents: z.array(z.any()).max(1) }), { documents: [1, 2] }],
  ['SET_SMALL', z.set(z.string()).min(1), new Set()],
  ['DATE_EARLY', z.date().min(new Date('2026-01-02T03:04:05Z'), 'Too early'), new Date('2020-01-01T00:00:00Z')],
  ['MULTIPLE', z.object({ term: z.number().multipleOf(12) }), { term: 125 }],
  ['RECORD_KEY', z.record(z.string().regex(/^[a-z]+$/), z.number()), { 'A 1': 1 }],
  ['RECORD_VALUE', z.record(z.string(), z.number()), { '*': 'x', 0: 'x', '(root)': 'x', '': 'x', 'a.b': 'x', 'ü"\n': 'x' }],
  ['TUPLE', z.tuple([z.string(), z.number()]), ['a', 'b']],
  ['REFINE', z.string().refine(() => false, { message: 'Sixty\u0000one — ünï\u2028cödé \u{1F3E0} "quoted" \\ \t\n', path: ['deep', 0, 'x'] }), ''],
  ['CUSTOM_PARAMS', z.any().superRefine((_, ctx) => ctx.addIssue({ code: 'custom', message: 'No payslip', params: { errors: [{ key: 1 }], path: null } })), 1],
  ['PATH_SYMBOL', z.any().refine(() => false, { path: [Symbol('unseen'), 3] }), 1],
  ['NEVER', z.object({ secret: z.never() }), { secret: 1 }],
];

const onlyZod3 = (z) => {
  const rate = z.function().args(z.number()).returns(z.string()).implement(() => 6.25);
  const called = (argument) => z.any().transform(() => rate(argument));
  return [
    ['ARGUMENTS', called('soon'), 1],
    ['RETURN', called(1), 1],
    ['INTERSECTION', z.intersection(z.string(), z.string().transform(Number)), '5'],
  ];
};

const onlyZod4 = (z) => [
  ['ELEMENT', z.map(z.object({ errors: z.any() }), z.number()), new Map([[{ errors: [{ key: 'x', path: ['y'] }] }, 'text']])],
  ['MAP_KEY', z.map(z.number(), z.number()), new Map([['one', 1]])],
  ['INPUT', z.object({ ssn: z.string() }), { ssn: { errors: [], key: 'K', path: [1] } }, { reportInput: true }],
  ['TEMPLATE', z.templateLiteral(['loan-', z.number()]), 'loan-x'],
];

// The issues of a failed parse. A schema that calls a checked function throws them instead.
function issuesOf(schema, value, options) {
  try {
    return schema.safeParse(value, options).error.issues;
  } catch (error) {
    if (!error.issues) throw error;
    return error.issues;
  }
}

export function allCodes(zodVersion) {
  const cases = zodVersion === 3 ? [...both(zod3), ...onlyZod3(zod3)] : [...both(zod4), ...onlyZod4(zod4)];
  const errors = cases.map(([name, schema, value, options]) => ({
    message: `Rule CASE_${name} failed`,
    errors: issuesOf(schema, value, options),
    key: `CASE_${name}`,
  }));
  const seen = new Set(errors.flatMap((rule) => rule.errors).map((issue) => issue.code));
  const unseen = CODES[zodVersion].filter((code) => !seen.has(code));
  if (unseen.length > 0) throw new Error(`zod ${zodVersion}: no case gives ${unseen.join(', ')}`);
  return { status: 'FAILED', errors };
}
