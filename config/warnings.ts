import type { Finding } from './fault.ts';
import type { FederationFile } from './options.ts';

/** What will run as written but is probably not meant so. */
export function findWarnings(file: FederationFile): Finding[] {
  return [...sitesWithoutSources(file), ...unusedContentSchemas(file), ...idleParts(file)];
}

function sitesWithoutSources({ sites }: FederationFile): Finding[] {
  const message = 'trang này chưa có đầu nối nào.';
  return sites.flatMap(({ sources }, index) =>
    sources.length > 0 ? [] : [{ at: ['sites', index], message, remedy: 'thêm một nguồn dưới sources.' }],
  );
}

function unusedContentSchemas({ sites, contentSchemas }: FederationFile): Finding[] {
  const used = new Set(sites.map(({ contentSchema }) => contentSchema));
  const unused = Object.keys(contentSchemas).filter(name => !used.has(name));
  return unused.map(name => ({
    at: ['contentSchemas', name],
    onKey: true,
    message: 'không trang nào dùng.',
    remedy: `ghi contentSchema: ${name} ở trang có các trường này.`,
  }));
}

/** Taken and kept, but nothing acts on it: whoever wrote it should know. */
function idleParts(file: FederationFile): Finding[] {
  const inSites = file.sites.flatMap(({ sources }, site) =>
    sources.flatMap((source, index) =>
      source.extends === undefined ? [] : [['sites', site, 'sources', index, 'extends']],
    ),
  );
  return inSites.map(at => ({
    at,
    onKey: true,
    message: 'phần này được giữ nhưng bản đang chạy chưa dùng đến.',
    remedy: 'không cần sửa; phần này có tác dụng khi nâng cấp.',
  }));
}
