import { freshDatabase } from './fresh-database.ts';
import { pushConforms } from './push.conformance.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

pushConforms(async () => {
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
