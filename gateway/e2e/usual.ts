import { packOf } from '../../config/packs.ts';
import type { Federation } from '../../schemas/federation.ts';
import { rules } from '../../schemas/rules/index.ts';

const MINUTE = 60_000;

/** What a federation file that says nothing of rules and agreements comes to; for tests. */
export const USUAL: Pick<Federation, 'graphql' | 'guidelines' | 'republication' | 'check' | 'callbacks'> = {
  graphql: { introspection: true },
  guidelines: { pack: packOf('vn', rules), public: 'none', denyList: [], overrides: {}, exceptions: [] },
  republication: {
    press: {
      mode: 'headline-link',
      minDelay: 60 * MINUTE,
      liveFor: 7 * 24 * 60 * MINUTE,
      probeEvery: 90 * MINUTE,
      hideAfter: 120 * MINUTE,
      removeWithin: 180 * MINUTE,
    },
    agreements: [],
  },
  check: {
    allowNetworks: [],
    perAddress: { requests: 120, per: 60 * MINUTE },
    inAll: { requests: 600, per: 60 * MINUTE },
    perSite: { requests: 30, per: 60 * MINUTE },
    concurrency: 4,
  },
  callbacks: {
    allowNetworks: [],
    hub: true,
    signature: 'sha256',
    timeout: 10_000,
    giveUpAfter: 3 * 24 * 60 * MINUTE,
    perHost: 500,
    most: 20_000,
    topics: 500,
    rate: { requests: 300, per: MINUTE },
    webhooks: [],
  },
};
