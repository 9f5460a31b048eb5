import type { PressAgreement, RuleException } from '../../schemas/republication.ts';
import type { Store } from '../store/store.ts';
import type { Recorded } from './rules-in-force.ts';

/** Agreements and exceptions a person can record for one site; more would be no hand-kept record. */
const MOST = 500;

/** What was recorded for a site while the program runs; what was ended is left out. */
export async function recordedFor({ records }: Pick<Store, 'records'>, site: string): Promise<Recorded> {
  const query = { site, states: ['in-force'], first: MOST };
  const [agreements, exceptions] = await Promise.all([
    records.find('agreement', query),
    records.find('exception', query),
  ]);
  return {
    agreements: agreements.map(({ document }): PressAgreement => document),
    exceptions: exceptions.map(({ document }): RuleException => document),
  };
}
