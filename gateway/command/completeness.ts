import type { Completeness } from '../../schemas/completeness.ts';
import { CodedError } from '../../schemas/errors.ts';
import { compareNow } from '../completeness/compare-due.ts';
import { registerSources } from '../harvest/register-sources.ts';
import type { Plugins } from './plugins.ts';
import type { Setting } from './setting.ts';
import { withHarvester } from './with-harvester.ts';

const SHOWN = 20;

/** Compares now what a site says it has published with what is held; exit code 1 when something is missing. */
export async function completeness(
  id: string,
  { json }: { readonly json?: boolean },
  plugins: Plugins,
  setting: Setting,
): Promise<number> {
  const { federation, log } = setting;
  const site = federation.sites.find(one => one.id === id);
  if (!site)
    throw new CodedError(
      'NOT_FOUND',
      `There is no site ${id}. There are: ${federation.sites.map(one => one.id).join(', ')}.`,
    );
  return withHarvester(plugins, setting, async (harvester, store) => {
    await registerSources(store, federation, log);
    const found = await compareNow(site, harvester, new AbortController().signal);
    if (json) console.log(JSON.stringify(found, null, 2));
    else show(site.name, found.claims);
    if (found.failure) console.error(`Chưa đối chiếu được: ${found.failure.message}`);
    return found.failure || found.claims.some(({ missing }) => missing > 0) ? 1 : 0;
  });
}

const CLAIMS: Record<Completeness['claimedBy'], string> = {
  sitemap: 'Sơ đồ trang (sitemap)',
  'news-sitemap': 'Sơ đồ tin (news sitemap), hai ngày gần đây',
  list: 'Danh sách của đầu nối',
};

function show(name: string, claims: readonly Completeness[]): void {
  if (claims.length === 0) {
    console.log(
      `${name} không nói trang đã đăng những gì: không có sitemap đọc được, luồng tin không có kho lưu trữ.`,
    );
    return;
  }
  for (const claim of claims) {
    console.log(`${CLAIMS[claim.claimedBy]}${claim.source ? ` ${claim.source}` : ''}: ${claim.url}`);
    console.log(
      `  có ${claim.held}, thiếu ${claim.missing}, vừa lấy về ${claim.fetched}, không phải tin ${claim.notTaken}` +
        `${claim.extra === undefined ? '' : `, thừa ${claim.extra}`}${claim.complete ? '' : ' (chưa đọc hết)'}`,
    );
    for (const link of claim.missingLinks.slice(0, SHOWN)) console.log(`  thiếu: ${link}`);
    for (const link of claim.extraLinks.slice(0, SHOWN)) console.log(`  thừa: ${link}`);
  }
}
