// The rules that an application has to pass. Every rule is a Zod schema over the whole application
// that looks at its own part only. The same text serves zod 3 and zod 4: `z` is either of them.

// A rule without words of its own reports Zod's message, which is the issues as JSON text.
const ZODS_OWN = null;

export function rulesFor(z) {
  const positive = z.number().positive();
  const amount = z.number().nonnegative();
  const text = z.string().min(1);
  const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Date must be YYYY-MM-DD');
  const perBorrower = (shape) => z.object({ borrowers: z.array(z.object(shape)).min(1) });

  const address = z.object({
    street: text,
    city: text,
    state: z.string().length(2),
    zip: z.string().regex(/^\d{5}$/, 'ZIP code must have 5 digits'),
  });

  const identity = perBorrower({
    name: z.object({ first: text, last: text }),
    ssn: z.string().regex(/^\d{3}-\d{2}-\d{4}$/, 'SSN must look like 123-45-6789'),
    email: z.string().email(),
    phone: z.string().startsWith('+').max(16),
    dateOfBirth: z.coerce.date().max(new Date('2008-03-01'), 'Borrower must be 18 or older'),
  });

  const income = perBorrower({
    income: z.object({
      monthly: positive,
      other: z.array(z.object({ source: z.enum(['RENT', 'ALIMONY', 'DIVIDENDS', 'BONUS']), amount })),
    }),
  });

  const employment = perBorrower({
    employment: z.array(z.discriminatedUnion('type', [
      z.object({ type: z.literal('EMPLOYED'), employer: text, since: date, hoursPerWeek: z.number().int().max(80) }),
      z.object({ type: z.literal('SELF_EMPLOYED'), business: text, ownershipPercent: z.number().min(25).max(100) }),
      z.object({ type: z.literal('RETIRED'), since: date }),
    ])).nonempty('At least one employment is needed'),
  });

  // Unions within a union: an account's balance is itself a number or an amount of a currency.
  const balance = z.union([amount, z.object({ amount, currency: z.literal('USD') })]);
  const assets = z.object({
    assets: z.array(z.union([
      z.object({ kind: z.literal('ACCOUNT'), bank: text, last4: z.string().length(4), balance }),
      z.object({ kind: z.literal('VEHICLE'), vin: z.string().length(17), value: positive }),
      z.object({ kind: z.literal('REAL_ESTATE'), address, value: positive }),
    ])).max(40),
  });

  const liability = z.object({
    creditor: text,
    type: z.enum(['MORTGAGE', 'CAR_LOAN', 'CREDIT_CARD', 'STUDENT_LOAN']),
    balance: amount,
    monthlyPayment: amount,
  }).strict().superRefine(({ monthlyPayment, balance }, ctx) => {
    if (monthlyPayment <= balance) return;
    const message = `Payment of $${monthlyPayment} is more than the $${balance} owed`;
    ctx.addIssue({ code: 'custom', path: ['monthlyPayment'], message });
  });

  const document = z.object({
    kind: z.enum(['PAYSLIP', 'TAX_RETURN', 'BANK_STATEMENT', 'ID_CARD', 'APPRAISAL']),
    pages: z.number().int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    uploadedAt: z.string().datetime(),
    url: z.string().url(),
  });

  const documents = z.object({ documents: z.array(document).min(5) }).superRefine((application, ctx) => {
    for (const kind of ['PAYSLIP', 'ID_CARD', 'APPRAISAL']) {
      if (application.documents.some((d) => d.kind === kind)) continue;
      ctx.addIssue({ code: 'custom', path: ['documents'], message: `No ${kind} among the documents`, params: { kind } });
    }
  });

  const credit = perBorrower({
    credit: z.object({ bureau: z.enum(['EQUIFAX', 'EXPERIAN', 'TRANSUNION']), score: z.number().int().min(300).max(850).nullable() }),
  });

  // The ratios are worked out from the application, so that one without income has an infinite one.
  const ratios = z.object({
    ratios: z.object({
      debtToIncome: z.number().finite().max(0.5, 'Debt is more than half of income'),
      loanToValue: z.number().finite().max(0.97),
    }),
  });

  const terms = z.object({
    loan: z.object({
      amount: z.number().min(10000).max(2000000),
      termMonths: z.number().multipleOf(12).max(480),
      purpose: z.enum(['PURCHASE', 'REFINANCE', 'CONSTRUCTION']),
      rate: z.discriminatedUnion('type', [
        z.object({ type: z.literal('FIXED'), percent: z.number().lt(20) }),
        z.object({ type: z.literal('VARIABLE'), index: z.string(), margin: z.number() }),
      ]),
    }),
    formVersion: z.literal(3),
  });

  const property = z.object({
    property: z.object({ type: z.enum(['HOUSE', 'CONDO', 'LAND']), value: positive, address }),
  });

  const declarations = z.object({
    declarations: z.record(z.string().regex(/^[a-z_]+$/, 'Unknown declaration'), z.boolean()),
    consent: z.literal(true),
  });

  return [
    { key: 'CHECK_IDENTITY', message: 'Borrowers must be identified', schema: identity },
    { key: 'CHECK_INCOME', message: 'Income must be complete and positive', schema: income },
    { key: 'CHECK_EMPLOYMENT', message: 'Employment must be documented', schema: employment },
    { key: 'CHECK_ASSETS', message: 'Assets must be of a known kind', schema: assets },
    { key: 'CHECK_LIABILITIES', message: 'Liabilities must add up', schema: z.object({ liabilities: z.array(liability) }) },
    { key: 'CHECK_DOCUMENTS', message: 'Documents must be complete', schema: documents },
    { key: 'CHECK_CREDIT', message: 'Credit reports must be usable', schema: credit },
    { key: 'CHECK_RATIOS', message: ZODS_OWN, schema: ratios },
    { key: 'CHECK_TERMS', message: 'Terms must be ones we offer', schema: terms },
    { key: 'CHECK_PROPERTY', message: 'Property must be described', schema: property },
    { key: 'CHECK_DECLARATIONS', message: 'Declarations must be made', schema: declarations },
  ];
}
