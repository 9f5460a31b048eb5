import { json, type RecipeSample } from './sample.ts';

const page = (id: number, start: string | null) => ({
  FileSystemObjectType: 0,
  Id: id,
  GUID: `0b7a4d3c-0000-4000-8000-00000000000${id}`,
  Title: `Bản tin ${id}`,
  FileRef: `/tin-tuc/Pages/ban-tin-${id}.aspx`,
  Created: '2026-11-21T01:00:00Z',
  Modified: '2026-11-22T02:00:00Z',
  ArticleStartDate: start,
  Comments: 'Tóm tắt.',
  PublishingPageContent: '<div class="ExternalClass1"><p>Toàn văn của bài.</p></div>',
  PublishingPageImage:
    id === 1
      ? '<img alt="Toàn cảnh" src="/tin-tuc/PublishingImages/a.jpg?RenditionID=2&amp;x=1" style="BORDER:0px solid" />'
      : null,
  ArticleByLine: 'Lê Thu Hà',
});

export const sample: RecipeSample = {
  with: origin => ({ site: `${origin}/tin-tuc`, host: origin }),
  answer(url, origin, headers) {
    if (decodeURIComponent(url.pathname) !== "/tin-tuc/_api/web/lists/getbytitle('Pages')/items")
      return undefined;
    // Without this header SharePoint answers in Atom.
    if (!headers.accept?.includes('odata=nometadata'))
      return { type: 'application/atom+xml', body: '<feed/>' };
    if (url.searchParams.has('$skiptoken')) return json({ value: [page(2, null)] });
    const next = `${origin}/tin-tuc/_api/web/lists/getbytitle('Pages')/items?$skiptoken=Paged%3dTRUE`;
    return json({ 'odata.nextLink': next, value: [page(1, '2026-11-21T17:00:00Z')] });
  },
  expected: origin => [
    {
      title: 'Bản tin 1',
      link: `${origin}/tin-tuc/Pages/ban-tin-1.aspx`,
      published: '2026-11-21T17:00:00Z',
      summary: 'Tóm tắt.',
      content: 'Toàn văn của bài.',
      picture: `${origin}/tin-tuc/PublishingImages/a.jpg?RenditionID=2&x=1`,
      authors: ['Lê Thu Hà'],
    },
    { title: 'Bản tin 2', link: `${origin}/tin-tuc/Pages/ban-tin-2.aspx`, published: '2026-11-21T01:00:00Z' },
  ],
};
