// What goes wrong in applications, and how often: a few mistakes make up most of the trouble, and
// many are rare. A mistake changes the application in place.

const someBorrower = (change) => (app, r) => change(r.pick(app.borrowers), r);
const everyBorrower = (change) => (app, r) => app.borrowers.forEach((borrower) => change(borrower, r));
const someAsset = (change) => (app, r) => change(r.pick(app.assets), r);
const someJob = (change) => someBorrower((b, r) => change(r.pick(b.employment), r));
const someDocument = (change) => (app, r) => change(r.pick(app.documents), r);
const everyDocument = (change) => (app, r) => app.documents.forEach((document) => change(document, r));
const someLiability = (change) => (app, r) => app.liabilities.length && change(r.pick(app.liabilities), r);

// [weight, name, mistake], in the order in which they are made: what takes something away comes after
// what changes it.
const MISTAKES = [
  [70, 'income typed as text', everyBorrower((b) => { b.income.monthly = String(b.income.monthly); })],
  [90, 'income missing', someBorrower((b) => { delete b.income.monthly; })],
  [60, 'ssn without hyphens', someBorrower((b) => { b.ssn = b.ssn.replaceAll('-', ''); })],
  [45, 'email mistyped', someBorrower((b) => { b.email = b.email.replace('@', ' at '); })],
  [40, 'document of another kind', someDocument((d, r) => { d.kind = r.weighted([[5, 'OTHER'], [2, 'payslip'], [1, 'W2']]); })],
  [30, 'employer missing', someJob((job) => { delete job.employer; delete job.business; })],
  [28, 'phone without country', someBorrower((b) => { b.phone = b.phone.slice(2); })],
  [25, 'local times', everyDocument((d) => { d.uploadedAt = d.uploadedAt.replace('T', ' ').replace('Z', ''); })],
  [50, 'document not uploaded', someDocument((d) => { delete d.sha256; delete d.uploadedAt; d.url = ''; })],
  [22, 'balance typed as text', someAsset((a, r) => { if (a.kind === 'ACCOUNT') a.balance = `$${r.int(1, 90)},000`; })],
  [20, 'payment over balance', someLiability((l) => { l.balance = 0; })],
  [18, 'zip without leading zero', (app) => { app.property.address.zip = app.property.address.zip.slice(1); }],
  [16, 'score not available', someBorrower((b) => { b.credit.score = 'N/A'; })],
  [15, 'employment of another type', someJob((job, r) => { job.type = r.pick(['STUDENT', 'CONTRACTOR']); })],
  [14, 'asset of another kind', someAsset((a) => { a.kind = 'CRYPTO'; a.wallet = { coins: 3 }; })],
  [12, 'no income', (app) => app.borrowers.forEach((b) => { b.income = { monthly: 0, other: [] }; })],
  [12, 'appraisal missing', (app) => { app.documents = app.documents.filter((d) => d.kind !== 'APPRAISAL'); }],
  [11, 'negative balance', someLiability((l) => { l.balance = -l.balance; })],
  [10, 'extra fields', someLiability((l) => { l.note = 'paid off in May'; l.accountNo = null; })],
  [9, 'birth date unreadable', someBorrower((b) => { b.dateOfBirth = 'unknown'; })],
  [8, 'consent not given', (app, r) => { app.consent = r.weighted([[6, false], [2, 'yes'], [1, null]]); }],
  [8, 'loan over value', (app) => { app.property.value = 50000; }],
  [7, 'odd term', (app) => { app.loan.termMonths = 125; }],
  [7, 'other income unknown', someBorrower((b) => { b.income.other.push({ source: 'GIFT', amount: -100 }); })],
  [6, 'old form', (app, r) => { app.formVersion = r.pick([1, 2, '3']); }],
  [6, 'name blank', someBorrower((b) => { b.name = { first: '', last: b.name.last }; })],
  [5, 'declaration unknown', (app, r) => { app.declarations[r.pick(['Gift-Letter', '2nd home', '*'])] = 'n/a'; }],
  [5, 'part-time share', someJob((job) => { job.hoursPerWeek = 37.5; job.ownershipPercent = 10; })],
  [4, 'minor as borrower', someBorrower((b) => { b.dateOfBirth = '2011-06-15'; })],
  [4, 'rate not agreed', (app) => { app.loan.rate = { type: 'TBD' }; }],
  [4, 'pages zero', someDocument((d) => { d.pages = 0; })],
  [3, 'amount too great', (app) => { app.loan.amount = 25000000; }],
  [3, 'asset without address', someAsset((a) => { a.kind = 'REAL_ESTATE'; a.address = { street: 'Löwengasse "B"', state: 'Texas' }; })],
  [2, 'no employment', someBorrower((b) => { b.employment = []; })],
  [2, 'score out of range', someBorrower((b) => { b.credit.score = 999; })],
  [2, 'sections null', (app, r) => { app[r.pick(['liabilities', 'assets', 'property', 'declarations'])] = null; }],
  [1, 'no borrowers', (app) => { app.borrowers = []; }],
];

const CHOICES = MISTAKES.map(([weight, name]) => [weight, name]);

// The names of the mistakes in one application: none in many, one or two in most others.
export function drawMistakes(r) {
  const count = r.weighted([[34, 0], [28, 1], [20, 2], [11, 3], [5, 5], [2, 9]]);
  return [...new Set(r.list(count, () => r.weighted(CHOICES)))];
}

// Makes the named mistakes, each with a random source of its own. The order of the names does
// not matter.
export function makeMistakes(application, names, randomFor) {
  const unknown = names.filter((name) => !MISTAKES.some((row) => row[1] === name));
  if (unknown.length > 0) throw new Error(`no such mistake: ${unknown.join(', ')}`);
  for (const [, name, mistake] of MISTAKES) {
    if (names.includes(name)) mistake(application, randomFor(name));
  }
}
