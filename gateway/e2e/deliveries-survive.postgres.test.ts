import { deliveriesSurvive } from './deliveries-survive.conformance.ts';
import { freshDatabase } from './fresh-database.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

deliveriesSurvive(async () => {
  const { url, remove } = await freshDatabase();
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  return {
    dataDirs: folders,
    env: { DATABASE_URL: url },
    async remove() {
      await remove();
      for (const folder of folders) removeFolder(folder);
    },
  };
});
