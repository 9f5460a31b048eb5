import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findBreaches } from './floors.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'floors-'));
  for (const room of ['schemas', 'connectors', 'config', 'gateway', 'scripts']) mkdirSync(join(root, room));
});

afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, source: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
}

const REFUSED: readonly (readonly [
  name: string,
  file: string,
  source: string,
  line: number,
  told: RegExp,
])[] = [
  [
    'schemas import a connector',
    'schemas/item.ts',
    "import { a } from '../connectors/connector.ts';",
    1,
    /floor 0/,
  ],
  [
    'schemas import a type from above',
    'schemas/item.ts',
    "import type { a } from '../gateway/x.ts';",
    1,
    /floor 0/,
  ],
  [
    'a connector imports gateway',
    'connectors/feed/read.ts',
    "\nimport a from '../../gateway/x.ts';",
    2,
    /floor 1/,
  ],
  [
    'a connector imports config',
    'connectors/feed/read.ts',
    "import a from '../../config/x.ts';",
    1,
    /floor 1/,
  ],
  [
    'a connector imports a sibling',
    'connectors/feed/read.ts',
    "import a from '../wordpress/x.ts';",
    1,
    /plugin/,
  ],
  ['a connector imports the index', 'connectors/feed/read.ts', "import a from '../index.ts';", 1, /index/],
  ['config imports the index', 'config/x.ts', "import a from '../connectors/index.ts';", 1, /floor 1/],
  [
    'gateway imports a plugin',
    'gateway/http/x.ts',
    "import a from '../../connectors/feed/index.ts';",
    1,
    /handed in/,
  ],
  [
    'gateway imports the index as type',
    'gateway/x.ts',
    "import type a from '../connectors/index.ts';",
    1,
    /handed in/,
  ],
  [
    'gateway imports the contract as value',
    'gateway/x.ts',
    "import { a } from '../connectors/connector.ts';",
    1,
    /import type/,
  ],
  [
    'gateway imports half a type',
    'gateway/x.ts',
    "import { type a, b } from '../connectors/connector.ts';",
    1,
    /import type/,
  ],
  ['gateway imports scripts', 'gateway/x.ts', "import a from '../scripts/x.ts';", 1, /handed in/],
  [
    'gateway names the formats',
    'gateway/publish/x.ts',
    "import a from '../../schemas/formats/index.ts';",
    1,
    /index/,
  ],
  [
    'gateway opens a format',
    'gateway/publish/x.ts',
    "import a from '../../schemas/formats/atom/x.ts';",
    1,
    /plugin/,
  ],
  ['a format imports a sibling', 'schemas/formats/rss/x.ts', "import a from '../atom/x.ts';", 1, /plugin/],
  ['a re-export climbs', 'schemas/x.ts', "export * from '../gateway/x.ts';", 1, /floor 0/],
  ['a dynamic import climbs', 'config/x.ts', "const a = await import('../gateway/x.ts');", 1, /floor 1/],
  [
    'a worker file is named',
    'connectors/feed/x.ts',
    "new Worker(new URL('../../gateway/x.ts', import.meta.url))",
    1,
    /floor 1/,
  ],
  ['an import over several lines', 'schemas/x.ts', "import {\n  a,\n} from '../gateway/x.ts';", 1, /floor 0/],
  ['schemas read the clock', 'schemas/x.ts', 'export const a = 1;\nconst b = Date.now();', 2, /clock/],
  ['schemas make a date of now', 'schemas/x.ts', 'const b = new Date();', 1, /clock/],
  ['schemas read the disk', 'schemas/x.ts', "import { readFileSync } from 'node:fs';", 1, /world/],
  ['schemas read the environment', 'schemas/x.ts', 'const b = process.env.HOME;', 1, /process\.env/],
  ['schemas throw dice', 'schemas/x.ts', 'const b = Math.random();', 1, /chance/],
  ['schemas fetch', 'schemas/x.ts', "const b = await fetch('x');", 1, /network/],
  ['a grab bag', 'gateway/http/utils.ts', 'export const a = 1;', 1, /grab bag/],
  ['a grab bag folder', 'gateway/helpers/x.ts', 'export const a = 1;', 1, /grab bag/],
];

const ALLOWED: readonly (readonly [name: string, file: string, source: string])[] = [
  [
    'schemas import schemas',
    'schemas/a.ts',
    "import type { b } from './b.ts';\nimport { createHash } from 'node:crypto';",
  ],
  [
    'a connector imports its own, the contract and schemas',
    'connectors/feed/a.ts',
    "import b from './b.ts';\nimport { c } from '../connector.ts';\nimport { d } from '../../schemas/d.ts';",
  ],
  [
    'the index names all',
    'connectors/index.ts',
    "import { a } from './feed/index.ts';\nimport { b } from './wordpress/index.ts';",
  ],
  [
    'gateway takes the contract as types',
    'gateway/a.ts',
    "import type { A } from '../connectors/connector.ts';\nimport { type B, type C } from '../connectors/connector.ts';\nimport { d } from '../config/d.ts';",
  ],
  [
    'main names everything',
    'gateway/main.ts',
    "import { a } from '../connectors/index.ts';\nimport { b } from '../schemas/formats/index.ts';",
  ],
  [
    'a test names everything',
    'connectors/feed/a.test.ts',
    "import { a } from '../index.ts';\nimport { b } from '../../gateway/b.ts';",
  ],
  ['a date of something', 'schemas/a.ts', 'export const a = (at: number) => new Date(at).toISOString();'],
  [
    'a comment about the clock',
    'schemas/a.ts',
    '/** Never Date.now(). */\n// nor fetch(it)\nexport const a = 1; // no process.env',
  ],
  ['a method called fetch', 'schemas/a.ts', 'export const a = (tools: T) => tools.fetch(1);'],
  ['a word that contains another', 'gateway/http/reutilise.ts', 'export const a = 1;'],
];

describe('floors', () => {
  it.each(REFUSED)('refuses: %s', (_name, file, source, line, told) => {
    put(file, source);
    const breaches = findBreaches(root);
    expect(breaches.map(breach => [breach.file, breach.line])).toEqual([[file, line]]);
    expect(breaches[0]?.message).toMatch(told);
  });

  it.each(ALLOWED)('allows: %s', (_name, file, source) => {
    put(file, source);
    expect(findBreaches(root)).toEqual([]);
  });

  it('tells every breach, in the order of the files', () => {
    put('schemas/b.ts', "import a from '../gateway/x.ts';\nconst c = Math.random();");
    put('config/a.ts', "import a from '../gateway/x.ts';");
    expect(findBreaches(root).map(({ file }) => file)).toEqual([
      'schemas/b.ts',
      'schemas/b.ts',
      'config/a.ts',
    ]);
  });
});
