import { CodedError } from '../../schemas/errors.ts';
import { FORM_STYLE } from '../http/form-style.ts';
import { Html, html } from '../http/html.ts';
import { siteReportCsv, siteReportPage } from '../http/site-report-page.ts';
import { siteReport } from '../judge/site-report.ts';
import type { Setting } from './setting.ts';

/** A site's report, as a page to print or as CSV. */
export async function report(id: string, csv: boolean, setting: Setting): Promise<number> {
  const site = setting.federation.sites.find(one => one.id === id);
  if (!site) throw new CodedError('NOT_FOUND', `There is no site ${id}.`);
  const store = await setting.openStore();
  try {
    const made = await siteReport(store, setting, site);
    if (csv) process.stdout.write(siteReportCsv(made));
    else
      console.log(
        html`<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${site.name}</title><style>${new Html(FORM_STYLE)}</style></head><body><div class="page">${siteReportPage(made)}</div></body></html>`
          .markup,
      );
    return 0;
  } finally {
    await store.close();
  }
}
