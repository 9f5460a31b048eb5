import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LockedPackage } from './packages.ts';

const TEXT = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const LINE = '='.repeat(78);

/** Name, version, licence and its text, of everything that the archive brings along. */
export function licenceTexts(root: string, packages: readonly LockedPackage[]): string {
  return packages
    .map(({ path, name, version, licence }) => {
      const folder = join(root, path);
      const texts = readdirSync(folder)
        .filter(file => TEXT.test(file))
        .sort()
        .map(file => readFileSync(join(folder, file), 'utf8').trimEnd());
      const text = texts.length > 0 ? texts.join('\n\n') : 'Its package brings no licence text along.';
      return `${LINE}\n${name} ${version} (${licence || 'licence not declared'})\n${LINE}\n${text}\n`;
    })
    .join('\n');
}
