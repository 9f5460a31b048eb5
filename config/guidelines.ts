import { z } from 'zod';
import type { Pack } from '../schemas/rules/pack.ts';
import type { Parameter, ParameterValue, Rule } from '../schemas/rules/rule.ts';
import { BASES, CONFIDENCES, CONSEQUENCES, SEVERITIES } from '../schemas/rules/words.ts';
import { readDocument } from './document.ts';
import { explain, issueWords } from './explain.ts';
import { configInvalid, type Finding } from './fault.ts';
import { nearest } from './nearest.ts';

export type { Pack, RuleChange } from '../schemas/rules/pack.ts';
export { resolveRules } from '../schemas/rules/pack.ts';

const clause = z.strictObject({
  cite: z.string().trim().min(1),
  basis: z.enum(BASES),
  confidence: z.enum(Object.keys(CONFIDENCES) as [keyof typeof CONFIDENCES]),
  history: z.literal(true).optional(),
});
const value = z.union([z.number(), z.string(), z.boolean(), z.array(z.string())]);
const change = z.strictObject({
  enabled: z.boolean().optional(),
  severity: z.enum(SEVERITIES).optional(),
  consequence: z.enum(CONSEQUENCES).optional(),
  clauses: z.array(clause).min(1).optional(),
  parameters: z.record(z.string(), value).optional(),
});
const packSchema = z.strictObject({
  id: z.string().min(1),
  title: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
  asOf: z.iso.date(),
  rules: z.record(z.string(), change),
});

/** A pack's text in memory. Throws CONFIG_INVALID with every fault, each with line, path and remedy. */
export function readPack(text: string, path: string, rules: readonly Rule[]): Pack {
  const document = readDocument(text);
  if (document.faults.length > 0) throw configInvalid(path, document.faults);
  const parsed = packSchema.safeParse(document.value, { error: issueWords });
  const findings = parsed.success
    ? checkChanges(parsed.data.rules, rules, ['rules'])
    : explain(parsed.error.issues, document.value, packSchema);
  if (findings.length > 0 || !parsed.success) throw configInvalid(path, findings.map(document.place));
  // exactOptionalPropertyTypes: zod writes `severity?: … | undefined`; absent and undefined are one to us.
  return parsed.data as Pack;
}

const overridesSchema = z.record(z.string(), change);

/** The federation file's `guidelines.overrides`: what is wrong with them, with paths below `at`. */
export function checkOverrides(
  overrides: unknown,
  rules: readonly Rule[],
  at: readonly PropertyKey[] = [],
): Finding[] {
  const parsed = overridesSchema.safeParse(overrides, { error: issueWords });
  return parsed.success
    ? checkChanges(parsed.data, rules, at)
    : explain(parsed.error.issues, overrides, overridesSchema, at);
}

function checkChanges(
  changes: z.output<typeof packSchema>['rules'],
  rules: readonly Rule[],
  at: readonly PropertyKey[],
): Finding[] {
  return Object.entries(changes).flatMap(([id, { parameters = {} }]) => {
    const rule = rules.find(known => known.id === id);
    if (rule === undefined)
      return [
        unknownName(
          [...at, id],
          `không có quy tắc "${id}".`,
          id,
          rules.map(known => known.id),
        ),
      ];
    return Object.entries(parameters).flatMap(([name, given]) => {
      const place = [...at, id, 'parameters', name];
      const known = rule.parameters[name];
      if (known === undefined)
        return [
          unknownName(place, `quy tắc ${id} không có tham số "${name}".`, name, Object.keys(rule.parameters)),
        ];
      return checkValue(place, known, given);
    });
  });
}

function checkValue(
  at: readonly PropertyKey[],
  { default: usual, minimum }: Parameter,
  given: ParameterValue,
): Finding[] {
  const shown = JSON.stringify(usual);
  if (typeof given !== typeof usual || Array.isArray(given) !== Array.isArray(usual))
    return [{ at, message: 'sai kiểu giá trị.', remedy: `viết như mặc định: ${shown}.` }];
  if (minimum !== undefined && typeof given === 'number' && given < minimum)
    return [
      { at, message: `không được dưới ${minimum}.`, remedy: `đặt từ ${minimum} trở lên, hoặc bỏ dòng này.` },
    ];
  return [];
}

function unknownName(
  at: readonly PropertyKey[],
  message: string,
  name: string,
  known: readonly string[],
): Finding {
  const meant = nearest(name, known);
  const remedy = meant === undefined ? 'xem danh sách trong schemas/rules.' : `có phải là "${meant}"?`;
  return { at, onKey: true, message, remedy };
}
