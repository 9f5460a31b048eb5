// Measures once, as ratios against what others do with the same work on the same machine in the same minute; prints a
// table and never fails for being slow. `npm run bench`; wants newsboat, nginx and wrk from Debian.
import { availableParallelism, loadavg } from 'node:os';
import { removeFolder, temporaryFolder } from '../../gateway/e2e/run-gateway.ts';
import { benchHarvesting } from './harvesting.ts';
import { benchPipeline } from './pipeline.ts';
import { benchServing } from './serving.ts';
import { printTable } from './table.ts';

console.log(
  `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}: whatever else runs here is in the figures`,
);
const folder = temporaryFolder();
try {
  const { rows, gateway, farm } = await benchHarvesting(folder);
  const serving = await benchServing(gateway, folder);
  await gateway.kill('SIGTERM');
  await farm.stop();
  removeFolder(gateway.dataDir);
  printTable([...serving, ...rows, ...(await benchPipeline(folder))]);
} finally {
  removeFolder(folder);
}
