// Makes a loan application in which everything is right. What goes wrong comes from mistakes.js.

const FIRST = ['Ada', 'Björn', 'Chidi', 'Dolores', 'Émile', 'Farah', 'Grace', 'Hiroshi', 'Inés', 'Jamal', 'Käthe', 'Luis'];
const LAST = ['Abbott', 'Brandão', 'Castillo', 'Dupont', 'Eriksen', 'Fischer', 'Guðmundsson', 'Haddad', 'Ito', 'Jones', "O'Neill"];
const CITIES = [['Austin', 'TX', '787'], ['Denver', 'CO', '802'], ['Boston', 'MA', '021'], ['Portland', 'OR', '972']];
const EMPLOYERS = ['Northwind Traders', 'Harbor Clinic', 'City of Denver', 'Alpine Freight', 'Blue Door Bakery'];
const BANKS = ['First Meridian', 'Lakeshore Credit Union', 'Pioneer Savings'];
const DOCUMENT_KINDS = ['PAYSLIP', 'TAX_RETURN', 'BANK_STATEMENT', 'ID_CARD', 'APPRAISAL'];
const STREETS = ['Oak Street', 'Mill Road', 'Harbor View', 'Third Avenue'];

const two = (n) => String(n).padStart(2, '0');
const day = (r, from, to) => `${r.int(from, to)}-${two(r.int(1, 12))}-${two(r.int(1, 28))}`;

function address(r) {
  const [city, state, zip] = r.pick(CITIES);
  return { street: `${r.int(1, 999)} ${r.pick(STREETS)}`, city, state, zip: zip + r.digits(2) };
}

function employment(r) {
  return r.weighted([
    [7, { type: 'EMPLOYED', employer: r.pick(EMPLOYERS), since: day(r, 2005, 2024), hoursPerWeek: r.int(20, 45) }],
    [2, { type: 'SELF_EMPLOYED', business: r.pick(EMPLOYERS), ownershipPercent: r.int(25, 100) }],
    [1, { type: 'RETIRED', since: day(r, 2010, 2024) }],
  ]);
}

function borrower(r) {
  const first = r.pick(FIRST);
  const last = r.pick(LAST);
  return {
    name: { first, last },
    ssn: `${r.int(100, 665)}-${two(r.int(1, 99))}-${r.digits(4)}`,
    email: `borrower${r.digits(4)}@example.com`,
    phone: `+1${r.int(201, 989)}${r.int(200, 999)}${r.digits(4)}`,
    dateOfBirth: day(r, 1945, 2004),
    income: {
      monthly: r.int(45, 140) * 100,
      other: r.list(r.weighted([[6, 0], [3, 1], [1, 3]]), () => ({
        source: r.pick(['RENT', 'ALIMONY', 'DIVIDENDS', 'BONUS']),
        amount: r.int(1, 30) * 50,
      })),
    },
    employment: r.list(r.weighted([[7, 1], [3, 2]]), () => employment(r)),
    credit: { bureau: r.pick(['EQUIFAX', 'EXPERIAN', 'TRANSUNION']), score: r.int(620, 850) },
  };
}

function asset(r) {
  return r.weighted([
    [6, { kind: 'ACCOUNT', bank: r.pick(BANKS), last4: r.digits(4), balance: r.int(10, 900) * 100 }],
    [2, { kind: 'ACCOUNT', bank: r.pick(BANKS), last4: r.digits(4), balance: { amount: r.int(10, 900) * 100, currency: 'USD' } }],
    [2, { kind: 'VEHICLE', vin: `1HGCM${r.digits(12)}`, value: r.int(20, 400) * 100 }],
    [1, { kind: 'REAL_ESTATE', address: address(r), value: r.int(100, 900) * 1000 }],
  ]);
}

function liability(r) {
  return {
    creditor: r.pick(BANKS),
    type: r.pick(['MORTGAGE', 'CAR_LOAN', 'CREDIT_CARD', 'STUDENT_LOAN']),
    balance: r.int(10, 400) * 100,
    monthlyPayment: r.int(1, 30) * 10,
  };
}

function document(r, kind) {
  return {
    kind,
    pages: r.int(1, 12),
    sha256: r.list(64, () => r.pick([...'0123456789abcdef'])).join(''),
    uploadedAt: `2026-0${r.int(1, 2)}-${two(r.int(1, 28))}T${two(r.int(8, 19))}:${two(r.int(0, 59))}:00Z`,
    url: `https://files.example.com/${r.digits(8)}.pdf`,
  };
}

export function application(r) {
  // Most have one or two borrowers; now and then a housing cooperative applies with many.
  const borrowers = r.list(r.weighted([[50, 1], [40, 2], [8, 4], [2, r.int(9, 24)]]), () => borrower(r));
  const documents = [...DOCUMENT_KINDS, ...r.list(r.int(0, 6), () => r.pick(DOCUMENT_KINDS))];
  return {
    formVersion: 3,
    loan: {
      amount: r.int(80, 400) * 1000,
      termMonths: r.pick([120, 180, 240, 360]),
      purpose: r.pick(['PURCHASE', 'REFINANCE', 'CONSTRUCTION']),
      rate: r.pick([{ type: 'FIXED', percent: 6.25 }, { type: 'VARIABLE', index: 'SOFR', margin: 2.5 }]),
    },
    property: { type: r.pick(['HOUSE', 'CONDO', 'LAND']), value: r.int(420, 900) * 1000, address: address(r) },
    borrowers,
    assets: r.list(r.int(1, 6), () => asset(r)),
    liabilities: r.list(r.int(0, 7), () => liability(r)),
    documents: documents.map((kind) => document(r, kind)),
    declarations: { bankruptcy: false, foreclosure: false, co_signer: r.chance(0.2), us_citizen: r.chance(0.9) },
    consent: true,
  };
}
