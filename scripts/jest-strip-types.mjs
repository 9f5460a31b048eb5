// Jest runs our TypeScript as Node does: types stripped, nothing else changed, so no second compiler can disagree.
import { stripTypeScriptTypes } from 'node:module';

export default {
  process: source => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
};
