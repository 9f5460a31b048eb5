import express, { type Request } from 'express';
import { CodedError } from '../../schemas/errors.ts';
import { siteReport } from '../judge/site-report.ts';
import { bearerOf, mayOversee } from './access.ts';
import { sendForm } from './form-page.ts';
import type { Services } from './services.ts';
import { siteReportCsv, siteReportPage } from './site-report-page.ts';

/** `/sites/<id>/report` and `.csv`: for the site with its key, for the operator, or for all where the federation opens it. */
export function siteReportRoutes(services: Services): express.Router {
  const { store, federation } = services;
  const router = express.Router();

  async function reportFor(req: Request) {
    const id = String(req.params.id);
    const { rights } = await bearerOf(req.headers.authorization, { ...services, keys: store.keys });
    const open = federation.guidelines.public === 'all';
    if (!open && !mayOversee(rights, id))
      throw new CodedError(
        rights.known ? 'FORBIDDEN' : 'UNAUTHENTICATED',
        'This report is for the site itself and the operator.',
        {
          data: { vi: 'Báo cáo này dành cho chính trang đó (bằng khoá site:<mã>) và người vận hành.' },
        },
      );
    const site = federation.sites.find(one => one.id === id);
    if (!site) throw new CodedError('NOT_FOUND', 'There is no such site.');
    return siteReport(store, services, site, { whole: mayOversee(rights, id) });
  }

  router.get('/sites/:id/report', async (req, res) => {
    const report = await reportFor(req);
    await sendForm(res, { title: `Báo cáo: ${report.site.name}`, body: siteReportPage(report) });
  });
  router.get('/sites/:id/report.csv', async (req, res) => {
    const report = await reportFor(req);
    res
      .set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${report.site.id}.csv"`,
        'Cache-Control': 'no-store',
      })
      .send(siteReportCsv(report));
  });
  return router;
}
