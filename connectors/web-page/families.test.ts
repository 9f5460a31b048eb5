import { expect, it } from '@jest/globals';
import { fakeSite } from './fake-site.ts';
import { FAMILIES } from './families.example.ts';
import { run, shown } from './test-run.ts';

it.each(FAMILIES.map(family => [family.name, family] as const))('reads %s', async (_name, family) => {
  const site = await fakeSite(family.pages);
  try {
    const options = JSON.parse(JSON.stringify(family.options).replaceAll('{origin}', site.origin));
    const ran = await run({
      options: { ...options, gap: 0 },
      ...(family.source && { source: family.source }),
    });
    expect(ran.error).toBeUndefined();
    expect(shown(ran, site.origin)).toEqual(family.items);
  } finally {
    await site.close();
  }
});
