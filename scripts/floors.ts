// The architecture is four floors and a rule about siblings. Nothing in the language holds it, so this does: it
// reads every .ts file's imports and says which one climbs. `npm run floors [folder]`; exits 1 on a breach.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOMS = ['schemas', 'connectors', 'config', 'gateway', 'scripts'];
/** Folders whose subfolders are plugins that must not know one another. */
const PLUGIN_KINDS = ['connectors', 'schemas/formats', 'schemas/rules'];

export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Import {
  readonly line: number;
  /** Path from the root, or the package's name. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

/** Every breach in a checkout, in the order of its files. */
export function findBreaches(root: string): Breach[] {
  const files = ROOMS.flatMap(room => listFiles(join(root, room))).map(file =>
    relative(root, file).split(sep).join('/'),
  );
  return files.flatMap(file => {
    const source = withoutComments(readFileSync(join(root, file), 'utf8'));
    return [...checkName(file), ...checkImports(file, source), ...checkPurity(file, source)];
  });
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile() && entry.name.endsWith('.ts'));
  return files
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes(`${sep}node_modules${sep}`))
    .toSorted();
}

function checkName(file: string): Breach[] {
  if (!/(?:^|[/-])(?:utils?|helpers?)(?:\/|\.|-)/.test(file)) return [];
  return [{ file, line: 1, message: 'is a grab bag by its name: name it after the one thing it does.' }];
}

function checkImports(file: string, source: string): Breach[] {
  if (standsOnTop(file)) return [];
  return importsOf(file, source).flatMap(found => {
    const message = found.ours ? (checkFloor(file, found) ?? checkSiblings(file, found.target)) : undefined;
    return message === undefined
      ? []
      : [{ file, line: found.line, message: `imports ${found.target}: ${message}` }];
  });
}

/** Floor 3: what may import everything. Tests stand there too, whatever they stand beside. */
function standsOnTop(file: string): boolean {
  return (
    file === 'gateway/main.ts' ||
    file.startsWith('gateway/e2e/') ||
    file.startsWith('scripts/') ||
    isTest(file)
  );
}

function isTest(file: string): boolean {
  return /\.(?:test|conformance)\.ts$/.test(file);
}

function checkFloor(file: string, { target, typeOnly }: Import): string | undefined {
  const [room] = file.split('/');
  const [targetRoom] = target.split('/');
  if (targetRoom === 'schemas') return undefined;
  if (room === 'schemas') return 'schemas/ may import only schemas/ (floor 0).';
  if (room === 'config') {
    return targetRoom === 'config' ? undefined : 'config/ may import only schemas/ and config/ (floor 1).';
  }
  if (room === 'connectors') {
    return targetRoom === 'connectors' ? undefined : 'connectors/ may import only schemas/ (floor 1).';
  }
  if (targetRoom === 'config' || (targetRoom === 'gateway' && target !== 'gateway/main.ts')) return undefined;
  if (target !== 'connectors/connector.ts') {
    return 'gateway/ may import schemas/, config/ and gateway/; plugins are handed in by gateway/main.ts.';
  }
  return typeOnly ? undefined : 'gateway/ takes the connectors’ contract as types only: write `import type`.';
}

function checkSiblings(file: string, target: string): string | undefined {
  const kind = PLUGIN_KINDS.find(folder => target.startsWith(`${folder}/`));
  if (kind === undefined || file === `${kind}/index.ts`) return undefined;
  const plugin = pluginOf(kind, target);
  if (target === `${kind}/index.ts`) {
    return 'only gateway/main.ts, gateway/e2e/, scripts/ and tests name a plugin index; take the plugins as an argument.';
  }
  if (plugin === undefined || plugin === pluginOf(kind, file)) return undefined;
  return `the inside of a plugin belongs to it alone; what plugins share goes to ${kind}'s contract or a floor below.`;
}

/** `connectors/feed/strict.ts` → `feed`; a file beside the plugins belongs to none. */
function pluginOf(kind: string, file: string): string | undefined {
  const rest = file.startsWith(`${kind}/`) ? file.slice(kind.length + 1).split('/') : [];
  return rest.length > 1 ? rest[0] : undefined;
}

const WORLD: readonly (readonly [RegExp, string])[] = [
  [
    /\bfrom\s*['"]node:(?:fs|net|http|https|http2|dns|tls|dgram|child_process|worker_threads|cluster|os|process)\b/g,
    'a node: module that touches the world',
  ],
  [/\bfrom\s*['"](?:undici|pg|keyv|express|pino|node-cron)\b/g, 'a package that touches the world'],
  [/\bprocess\s*\.\s*env\b/g, 'process.env'],
  [/\b(?:Date|performance)\s*\.\s*now\s*\(/g, 'the clock'],
  [/\bnew\s+Date(?:\s*\(\s*\)|\s*[;,)\]}])/g, 'the clock (new Date without an argument)'],
  [/\bMath\s*\.\s*random\b|\brandomUUID\s*\(|\brandomBytes\s*\(/g, 'chance'],
  [/(?<![.\w])fetch\s*\(/g, 'the network (fetch)'],
];

/** Floor 0 describes; it has no clock, network, disk, environment or chance. */
function checkPurity(file: string, source: string): Breach[] {
  if (!file.startsWith('schemas/') || isTest(file)) return [];
  return WORLD.flatMap(([pattern, what]) =>
    [...source.matchAll(pattern)].map(({ index }) => ({
      file,
      line: lineAt(source, index),
      message: `uses ${what}: schemas/ is pure (floor 0); have it handed in as an argument.`,
    })),
  );
}

/** Static and dynamic imports, re-exports, and files named by `new URL('./x.ts', import.meta.url)`. */
function importsOf(file: string, source: string): Import[] {
  const patterns = [
    /^[ \t]*(?:import|export)\b([^'"`;=]*?)\bfrom\s*['"]([^'"\n]+)['"]/gm,
    /^[ \t]*import()\s*['"]([^'"\n]+)['"]/gm,
    /\bimport()\(\s*['"]([^'"\n]+)['"]/g,
    /\bnew\s+URL()\(\s*['"](\.[^'"\n]+\.ts)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap(pattern =>
    [...source.matchAll(pattern)].map(match => {
      const [whole, names = '', target = ''] = match;
      const ours = target.startsWith('.');
      const path = ours ? posix.join(posix.dirname(file), target) : target;
      // The match may begin with the line breaks before it.
      const line = lineAt(source, match.index + whole.search(/\S/));
      return { line, target: path, ours, typeOnly: isTypeOnly(names) };
    }),
  );
}

function isTypeOnly(names: string): boolean {
  if (/^\s*type\b/.test(names)) return true;
  const listed = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
  const parts = listed?.split(',').filter(part => part.trim() !== '') ?? [];
  return parts.length > 0 && parts.every(part => /^\s*type\s/.test(part));
}

/** Comments become blanks, so that lines keep their numbers and a sentence about `Date.now()` is no use of it. */
function withoutComments(source: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ');
  return source.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank).replace(/(?<=^|\s)\/\/.*$/gm, blank);
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

function main(): void {
  const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
  const breaches = findBreaches(root);
  for (const { file, line, message } of breaches) console.error(`${file}:${line} ${message}`);
  if (breaches.length > 0)
    console.error(`\n${breaches.length} breach(es) of the floors; CONTRIBUTING.md tells them.`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
