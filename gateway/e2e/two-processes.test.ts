import { removeFolder, temporaryFolder } from './run-gateway.ts';
import { twoProcessesConform } from './two-processes.conformance.ts';

twoProcessesConform(async () => {
  const folder = temporaryFolder();
  return { dataDirs: [folder, folder], env: {}, remove: async () => removeFolder(folder) };
});
