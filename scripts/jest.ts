// node scripts/jest.ts unit,e2e [paths and flags of Jest]
// Jest needs flags that `node_modules/.bin/jest` can't give itself: VM modules for our ES modules, and silence about
// Node's experimental notices, which would bury the report.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const [projects = '', ...rest] = process.argv.slice(2);
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
// Last, because the option swallows every word behind it.
const words = [...flags, jest, ...rest, '--selectProjects', ...projects.split(',')];
const run = spawnSync(process.execPath, words, { stdio: 'inherit' });
process.exit(run.status ?? 1);
