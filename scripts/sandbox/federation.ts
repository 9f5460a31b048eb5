import { type SandboxSite, SITES } from './sites.ts';

/** The federation file of the sandbox ministry, for these ports; a good first file to read. */
export function sandboxFederation(ports: Readonly<Record<string, number>>): string {
  const hosts = SITES.map(site => `127.0.0.1:${ports[site.id]}`);
  return `# Bộ giả lập: mọi trang dưới đây do máy tạo ra, chạy trên chính máy này.
gateway:
  title: Tin tổng hợp ngành Lao động (giả lập)
  language: vi
  timeZone: Asia/Ho_Chi_Minh
fetch:
  allowNetworks: [${hosts.map(host => `"${host}"`).join(', ')}]
check:
  allowNetworks: [${hosts.map(host => `"${host}"`).join(', ')}]
sites:
${SITES.map(site => siteBlock(site, ports[site.id] ?? 0)).join('')}contentSchemas:
  bo: { type: PortalDocument, fields: { documentNumber: String, signedBy: String, section: String } }
topics:
  - { id: viec-lam, title: Việc làm, categories: [Việc làm, Lao động ngoài nước], keywords: [tuyển dụng, tìm việc] }
  - { id: bao-hiem, title: Bảo hiểm xã hội, categories: [Bảo hiểm xã hội], keywords: [bảo hiểm thất nghiệp, BHXH] }
  - { id: an-sinh, title: An sinh xã hội, categories: [Người có công], keywords: [gia đình chính sách] }
  - { id: an-toan, title: An toàn lao động, categories: [An toàn lao động] }
feeds:
  - { id: viec-lam, title: Tin việc làm, select: { topics: [viec-lam] } }
guidelines: { pack: vn, public: all }
`;
}

function siteBlock(site: SandboxSite, port: number): string {
  const base = `http://127.0.0.1:${port}`;
  const sources = sourceLine(site, base);
  return `  - id: ${site.id}
    name: ${site.name}
    kind: ${site.kind}
    homepage: ${base}/
    registry: { ${registryOf(site)} }
${site.offers === 'json-api' || site.offers === 'graphql' ? '    contentSchema: bo\n' : ''}    sources:${sources ? `\n      - ${sources}` : ' []'}
`;
}

/** The hand-kept record, as far as the sandbox shows it; Y99 is nobody's agency code. */
function registryOf(site: SandboxSite): string {
  if (site.kind === 'press') return `agency: "${site.name}"`;
  const place = SITES.indexOf(site);
  return `ownerName: "${site.name}", agencyId: ${site.kind === 'portal' ? 'Y99' : `Y99.${String(place).padStart(2, '0')}`}`;
}

function sourceLine(site: SandboxSite, base: string): string | undefined {
  const every = 'every: { min: 5s, max: 20s }';
  if (site.offers === 'rss' || site.offers === 'atom') {
    // Hanoi's time labelled GMT: only this setting repairs it.
    const dates = site.fault === 'clock' ? ', dates: { force: "+07:00" }' : '';
    return `{ id: tin, connector: feed, ${every}${dates}, options: { url: "${base}/${site.offers}.xml" } }`;
  }
  if (site.offers === 'wordpress')
    return `{ id: tin, connector: wordpress, ${every}, options: { url: "${base}" } }`;
  if (site.offers === 'graphql') return graphqlSource(base, every);
  if (site.offers !== 'json-api') return undefined;
  return `id: tin
        connector: json-api
        ${every}
        options:
          url: ${base}/api/articles
          items: $.data[*]
          map: { id: $.id, title: $.title, summary: $.lead, content: $.body, published: $.publishedAt, updated: $.updatedAt, authors: $.authorName, categories: $.section.name, picture: $.imageUrl }
          link: "${base}/tin/{slug}"
          paging: { kind: page, param: page, size: size, start: 1, total: $.meta.pages }
          complete: true
          own: { documentNumber: $.number, signedBy: $.signedBy, section: $.section.name }`;
}

/** The portal speaks GraphQL: harvested by one operation, and asked live for what keeps changing. */
function graphqlSource(base: string, every: string): string {
  return `id: tin
        connector: graphql
        ${every}
        options:
          url: ${base}/graphql
          query: "query($page: Int!, $size: Int!) { articles(page: $page, size: $size) { pages items { id slug title lead body publishedAt updatedAt authorName section imageUrl number signedBy } } }"
          items: $.data.articles.items[*]
          map: { id: $.id, title: $.title, summary: $.lead, content: $.body, published: $.publishedAt, updated: $.updatedAt, authors: $.authorName, categories: $.section, picture: $.imageUrl }
          link: "${base}/tin/{slug}"
          paging: { kind: page, variable: page, size: size, pageSize: 50, total: $.data.articles.pages }
          complete: true
          own: { documentNumber: $.number, signedBy: $.signedBy, section: $.section }
          live:
            type: Article
            key: id
            entry: { field: article, argument: id }
            batch: { field: articlesByIds, argument: ids }
            fields: [views, commentsCount, number, signedBy]`;
}
