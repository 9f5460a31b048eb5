import { expect, it } from '@jest/globals';
import { rules } from '../schemas/rules/index.ts';
import { documentOf, writtenDocument } from './rule-docs.ts';

it.each(rules.map(rule => [rule.id, rule] as const))(
  '%s: its README says what the rule says (node scripts/rule-docs.ts)',
  (_id, rule) => {
    expect(writtenDocument(rule)).toBe(documentOf(rule));
  },
);
