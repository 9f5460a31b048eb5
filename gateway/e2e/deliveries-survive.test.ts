import { deliveriesSurvive } from './deliveries-survive.conformance.ts';
import { removeFolder, temporaryFolder } from './run-gateway.ts';

deliveriesSurvive(async () => {
  const folder = temporaryFolder();
  return { dataDirs: [folder, folder], env: {}, remove: async () => removeFolder(folder) };
});
