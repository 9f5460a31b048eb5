import { freshDatabase } from './fresh-database.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

/** An empty database, and two data folders for two replicas on it. */
export async function postgresPlace() {
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
}
