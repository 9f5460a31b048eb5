import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { LockedPackage } from './packages.ts';

const ENTRY = 'gateway/main.ts';
/** Where what is read beside the code lies: guidelines, recipes, the vocabulary, examples. */
const DATA = ['config', 'connectors', 'schemas', 'gateway'];
const NOT_DATA = /\.(?:ts|md)$|^gateway[/\\](?:e2e|decisions)[/\\]/;

/**
 * Copies the program: every file that its entry leads to, and the data beside them. Throws where one of them, or a package that
 * is imported, would not be there. Node strips types outside node_modules alone: so this stays a folder of its own.
 */
export function copyProgram(root: string, folder: string, packages: readonly LockedPackage[]): void {
  const known = new Set(packages.map(({ name }) => name));
  const code = new Set([join(root, ENTRY)]);
  const lacking: string[] = [];
  // A set's walk goes on over what is added meanwhile.
  for (const file of code)
    for (const name of importsOf(file)) {
      const path = name.startsWith('.') ? resolve(dirname(file), name) : undefined;
      if (path !== undefined && existsSync(path)) code.add(path);
      else if (path !== undefined || !isKnown(name, known)) lacking.push(`${relative(root, file)}: ${name}`);
    }
  if (lacking.length > 0) throw new Error(`The bundle would lack:\n  ${lacking.join('\n  ')}`);
  for (const file of [...code, ...dataOf(root)]) cpSync(file, join(folder, relative(root, file)));
}

function dataOf(root: string): string[] {
  return DATA.flatMap(room =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(name => join(root, room, name)),
  ).filter(file => statSync(file).isFile() && !NOT_DATA.test(relative(root, file)));
}

/** Those of types alone vanish with the types. */
function importsOf(file: string): string[] {
  if (!file.endsWith('.ts')) return [];
  const text = readFileSync(file, 'utf8')
    .replace(/^\s*(?:\/\/|\*).*$/gm, '')
    .replace(/^(?:import|export) type [^;]*;/gm, '');
  const found = text.matchAll(
    /^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+\.ts)'/gm,
  );
  return [...found].map(match => match.slice(1).find(Boolean) ?? '');
}

function isKnown(name: string, packages: ReadonlySet<string>): boolean {
  if (name.startsWith('node:') || builtinModules.includes(name)) return true;
  const [scope = '', rest = ''] = name.split('/');
  return packages.has(scope.startsWith('@') ? `${scope}/${rest}` : scope);
}
