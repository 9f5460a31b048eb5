// npm run rules:docs — writes each rule's README.md from its own meta; a test keeps them as the rules are.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '../schemas/rules/index.ts';
import type { Clause, Rule } from '../schemas/rules/rule.ts';
import { CONFIDENCES } from '../schemas/rules/words.ts';

/** What a rule's document must say. */
export function documentOf(rule: Rule): string {
  const { kinds, gateway } = rule.appliesTo;
  const parameters = Object.entries(rule.parameters).map(
    ([name, { default: value, about }]) =>
      `| \`${name}\` | \`${JSON.stringify(value)}\` | ${about.vi} / ${about.en} |`,
  );
  return `${[
    `# ${rule.number}. \`${rule.id}\``,
    `**${rule.title.vi}** / ${rule.title.en}`,
    `Scope \`${rule.scope}\` · severity \`${rule.severity}\` · consequence \`${rule.consequence}\` · applies to ${[...kinds, ...(gateway ? ['the gateway itself'] : [])].join(', ')}`,
    `Needs: ${names(rule.needs)}. Uses when at hand: ${names(rule.uses)}.`,
    '## Clauses',
    rule.clauses.map(line).join('\n'),
    '## Remedy',
    `${rule.remedy.vi}\n\n${rule.remedy.en}`,
    ...(rule.example === undefined ? [] : ['## Example', `\`\`\`\n${rule.example}\n\`\`\``]),
    ...(rule.caveat ? ['## What is ours, what is not known', `${rule.caveat.vi}\n\n${rule.caveat.en}`] : []),
    ...(parameters.length > 0
      ? ['## Parameters', ['| name | default | |', '|---|---|---|', ...parameters].join('\n')]
      : []),
  ].join('\n\n')}\n`;
}

/** Where the document stands, and what it says now. */
export function writtenDocument(rule: Rule): string | undefined {
  return existsSync(fileOf(rule)) ? readFileSync(fileOf(rule), 'utf8') : undefined;
}

function fileOf({ id }: Rule): string {
  return fileURLToPath(new URL(`../schemas/rules/${id}/README.md`, import.meta.url));
}

function names(needs: readonly string[]): string {
  return needs.length === 0 ? 'nothing' : needs.map(need => `\`${need}\``).join(', ');
}

function line({ cite, basis, confidence, history }: Clause): string {
  return `- ${cite} — ${basis}, ${confidence}: ${CONFIDENCES[confidence].en}${history ? '; history, no longer in force' : ''}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const rule of rules) writeFileSync(fileOf(rule), documentOf(rule));
  console.log(`${rules.length} documents of rules.`);
}
