import type { Config } from 'jest';

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-strip-types.mjs' },
};

/** Suites that need a service of the machine: never part of `npm test`, never skipped where they are asked for. */
const SERVICES = ['postgres', 'redis', 'wordpress', 'browser'] as const;

const config: Config = {
  // The machines this must pass on have two cores; the browser and database suites are long, none hangs.
  maxWorkers: 2,
  testTimeout: 120_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{gateway,connectors,schemas,config,scripts}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/gateway/e2e/', '<rootDir>/var/', serviceTests()],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/gateway/e2e/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', serviceTests()],
    },
    ...SERVICES.map(service => ({
      ...common,
      displayName: service,
      testMatch: [`<rootDir>/{gateway,connectors,scripts}/**/*.${service}.test.ts`],
    })),
  ],
};

export default config;

function serviceTests(): string {
  return `\\.(?:${SERVICES.join('|')})\\.test\\.ts$`;
}
