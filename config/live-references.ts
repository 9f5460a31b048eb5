import { z } from 'zod';
import type { Finding } from './fault.ts';
import type { Outline } from './outline.ts';

const withRoot = z.object({ live: z.object({ root: z.array(z.unknown()).min(1) }) });

/** A site's own root fields go past the store, and with it past a paper's terms: not for press. */
export function checkLive({ sites }: Outline): Finding[] {
  return sites.flatMap(({ kind, sources }, site) =>
    sources.flatMap(({ options }, source) =>
      kind === 'press' && withRoot.safeParse(options).success
        ? [
            {
              at: ['sites', site, 'sources', source, 'options', 'live', 'root'],
              message: 'báo không được có live.root: trường gốc không qua kho, nên không theo thoả thuận.',
              remedy: 'bỏ mục root; live.fields vẫn dùng được.',
            },
          ]
        : [],
    ),
  );
}
