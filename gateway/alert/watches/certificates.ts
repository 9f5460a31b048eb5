import type { Instant } from '../../../schemas/instant.ts';
import { seeTls } from '../../check/tls-sight.ts';
import { type AddressGuard, createAddressGuard } from '../../harvest/addresses.ts';
import { resolveBySystem } from '../../harvest/connect.ts';
import type { LookTools, Sighting, Watch } from '../watch.ts';
import { ending } from './endings.ts';

const HOUR = 60 * 60_000;
/** How often our own certificate is looked at. */
const EVERY = 6 * HOUR;
const PATIENCE = 8_000;
/** The operator’s own address, wherever it is. */
const ANYWHERE = ['0.0.0.0/0', '::/0'];

export interface CertificateOptions {
  /** Tests only: who else may have signed. */
  readonly ca?: string;
}

/** No site can have this id. */
const OWN = 'this gateway';

/** Https certificates of the sites, as their daily look saw them, and our own, seen by ourselves. */
export function certificatesWatch({ ca }: CertificateOptions = {}): Watch {
  const guard = createAddressGuard(ANYWHERE);
  return {
    kinds: ['certificate-ending'],
    async look(tools) {
      const { federation, store } = tools;
      const url = new URL(federation.gateway.publicUrl);
      const own = url.protocol === 'https:' ? await ownCertificate(url, tools, guard, ca) : undefined;
      const sites = new Map(federation.sites.map(site => [site.id, site]));
      const audits = await store.records.byIds('audit', [...sites.keys()]);
      return [
        ...(own === undefined ? [] : of(undefined, url.host, own, tools)),
        ...audits.flatMap(({ id, document: { certificateUntil } }) => {
          const host = URL.parse(sites.get(id)?.homepage ?? '')?.host;
          return certificateUntil === undefined || !host ? [] : of(id, host, certificateUntil, tools);
        }),
      ];
    },
  };
}

/** As last seen by any replica; what can't be seen now is as it was. */
async function ownCertificate(
  url: URL,
  { store, now }: LookTools,
  guard: AddressGuard,
  ca: string | undefined,
): Promise<Instant | undefined> {
  const kept = await store.records.get('audit', OWN);
  const known = kept?.document.certificateUntil;
  if (kept && now - kept.at < EVERY) return known;
  const started = performance.now();
  const until = (await seeOwn(url, guard, ca)) ?? known;
  const milliseconds = Math.round(performance.now() - started);
  const document = { requests: 1, milliseconds, ...(until !== undefined && { certificateUntil: until }) };
  await store.transaction(tx => tx.records.put({ kind: 'audit', id: OWN, at: now, document }));
  return until;
}

async function seeOwn(url: URL, guard: AddressGuard, ca?: string): Promise<Instant | undefined> {
  const deadline = AbortSignal.timeout(PATIENCE);
  const reach = { guard, resolve: resolveBySystem, deadline, ...(ca !== undefined && { ca }) };
  return (await seeTls(url, reach))?.validTo;
}

function of(site: string | undefined, host: string, until: Instant, tools: LookTools): Sighting[] {
  const whose = { vi: site ?? 'chính cổng này', en: site ?? 'this gateway' };
  return ending(
    {
      kind: 'certificate-ending',
      subject: host,
      ...(site !== undefined && { site }),
      until,
    },
    { vi: `Chứng thư https của ${host} (${whose.vi})`, en: `The https certificate of ${host} (${whose.en})` },
    site === undefined
      ? {
          vi: 'gia hạn và nạp lại ở máy chủ web đứng trước',
          en: 'renew it and load it in the web server in front',
        }
      : { vi: 'báo quản trị trang gia hạn', en: 'tell the site’s webmaster to renew it' },
    tools,
  );
}
