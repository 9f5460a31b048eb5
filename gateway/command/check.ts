import { CodedError } from '../../schemas/errors.ts';
import type { SiteKind } from '../../schemas/site.ts';
import { SITE_KINDS } from '../../schemas/site.ts';
import { readAddress } from '../check/address.ts';
import { type CheckTools, checkSite, discoverSite } from '../check/check-site.ts';
import { renderDiscovery, renderText } from '../check/render-text.ts';
import type { Language } from '../check/words.ts';
import { createReadingPool } from '../harvest/reading-pool.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';

export interface CheckFlags {
  readonly json?: boolean;
  readonly lang?: string;
  readonly kind?: string;
  readonly allow?: readonly string[];
}

/** Checks a site and prints the report. Exit code 0: nothing `must`; 1: problems, or it could not be read. */
export async function check(
  url: string,
  flags: CheckFlags,
  plugins: Plugins,
  setting: Setting,
): Promise<number> {
  const language = languageOf(flags.lang);
  const ask = { address: readAddress(url), withRecord: true, ...kindOf(flags.kind) };
  return withTools(flags, plugins, setting, async tools => {
    const report = await checkSite(ask, tools);
    console.log(flags.json ? JSON.stringify(report, null, 2) : renderText(report, language));
    return report.failure || report.problems.some(({ severity }) => severity === 'must') ? 1 : 0;
  });
}

/** Finds the ways into a site and prints them with a block for the federation file. Exit code 1: none can be used. */
export async function discover(
  url: string,
  flags: CheckFlags,
  plugins: Plugins,
  setting: Setting,
): Promise<number> {
  const language = languageOf(flags.lang);
  const ask = { address: readAddress(url), withRecord: true, ...kindOf(flags.kind) };
  return withTools(flags, plugins, setting, async tools => {
    const { survey, site, requests } = await discoverSite(ask, tools);
    const { sources } = survey;
    const found = { sources, site: site.site, requests };
    console.log(flags.json ? JSON.stringify(found, null, 2) : renderDiscovery(found, language));
    return sources.some(({ works, connector }) => works && connector) ? 0 : 1;
  });
}

async function withTools(
  { allow = [] }: CheckFlags,
  plugins: Plugins,
  { federation, sandbox, log }: Setting,
  act: (tools: CheckTools) => Promise<number>,
): Promise<number> {
  const pool = createReadingPool(2, () => plugins.startThread('reading'));
  // Whoever sits at this machine may name networks that the public may not.
  const allowNetworks = [...federation.check.allowNetworks, ...federation.fetch.allowNetworks, ...allow];
  try {
    return await act({
      federation: { ...federation, check: { ...federation.check, allowNetworks } },
      rules: plugins.rules,
      pool,
      log,
      now: Date.now,
      sandbox,
    });
  } finally {
    await pool.close();
  }
}

function languageOf(written = 'vi'): Language {
  if (written === 'vi' || written === 'en') return written;
  throw new CodedError('BAD_INPUT', '--lang is vi or en.');
}

function kindOf(written: string | undefined): { readonly kind?: SiteKind } {
  if (written === undefined) return {};
  const kind = SITE_KINDS.find(known => known === written);
  if (!kind) throw new CodedError('BAD_INPUT', `--kind is one of ${SITE_KINDS.join(', ')}.`);
  return { kind };
}
