import { testConnector } from '../connector.conformance.ts';
import { startFakeSite } from './fake-site.ts';
import { wordpress } from './index.ts';

testConnector(wordpress, async () => {
  const site = await startFakeSite();
  for (let n = 0; n < 230; n += 1) {
    site.clock += 600;
    site.add({ tags: [7], featured_media: 9 });
  }
  site.add({ status: 'private' });
  return { options: { url: site.url }, entries: 230, close: site.close };
});
