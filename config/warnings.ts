import type { Finding } from './fault.ts';
import type { FederationFile } from './options.ts';

/** What will run as written but is probably not meant so. */
export function findWarnings(file: FederationFile): Finding[] {
  return [...sitesWithoutSources(file), ...unusedContentSchemas(file), ...idleParameters(file)];
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

/** Parameters fill a recipe, and there is none. */
function idleParameters({ sites }: FederationFile): Finding[] {
  return sites.flatMap(({ sources }, site) =>
    sources.flatMap((source, index) =>
      source.with === undefined || source.extends !== undefined
        ? []
        : [
            {
              at: ['sites', site, 'sources', index, 'with'],
              onKey: true,
              message: 'tham số này không dùng đến, vì đầu nối không dựa vào công thức nào.',
              remedy: 'thêm extends: recipe/<tên>, hoặc bỏ with.',
            },
          ],
    ),
  );
}
