// Validates an application and writes the outcome as the API does: a status document.

import { z as zod3 } from 'zod3';
import { z as zod4 } from 'zod4';
import { rulesFor } from './rules.js';

const RULES = { 3: rulesFor(zod3), 4: rulesFor(zod4) };

const sum = (list, valueOf) => (list ?? []).reduce((total, item) => total + Number(valueOf(item)), 0);

function withRatios(application) {
  const income = sum(application.borrowers, (b) => b.income.monthly);
  const debt = sum(application.liabilities, (l) => l.monthlyPayment);
  const ratios = { debtToIncome: debt / income, loanToValue: application.loan.amount / application.property?.value };
  return { ...application, ratios };
}

// The rule errors of an application under zod 3 or 4, leaving out the rules named in `without`.
function ruleErrors(application, zodVersion, without = []) {
  const facts = withRatios(application);
  const errors = [];
  for (const { key, message, schema } of RULES[zodVersion]) {
    if (without.includes(key)) continue;
    const { success, error } = schema.safeParse(facts);
    if (!success) errors.push({ message: message ?? error.message, errors: error.issues, key });
  }
  return errors;
}

export function statusOf(application, zodVersion, without) {
  const errors = ruleErrors(application, zodVersion, without);
  return errors.length > 0 ? { status: 'FAILED', errors } : { status: 'COMPLETED' };
}

// The API's schema declares path elements to be strings; Zod gives array positions as numbers. Both
// are met. This turns a document of the second kind into one of the first.
export function withTextPaths(document) {
  const textPath = (issue) => ({ ...issue, path: issue.path.map(String) });
  const errors = document.errors?.map((rule) => ({ ...rule, errors: rule.errors.map(textPath) }));
  return errors ? { ...document, errors } : document;
}
