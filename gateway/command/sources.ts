import { toReadable } from '../../schemas/instant.ts';
import type { SourceState } from '../../schemas/source.ts';
import type { Setting } from './setting.ts';

/** One line a source: state, last good harvest, next one, items, last error. */
export async function sources(setting: Setting): Promise<number> {
  const store = await setting.openStore();
  try {
    const states = new Map((await store.work.states()).map(state => [state.source, state]));
    for (const { name, connector } of setting.federation.sources)
      console.log(lineOf(name, connector, states.get(name)));
    return 0;
  } finally {
    await store.close();
  }
}

function lineOf(name: string, connector: string, state: SourceState | undefined): string {
  if (!state) return [name, connector, 'chưa đăng ký (chạy `serve` một lần)'].join('\t');
  const time = (at: number | undefined) => (at === undefined ? '–' : toReadable(at));
  const status = state.paused
    ? `tạm dừng (${state.paused.reason})`
    : state.failures > 0
      ? `lỗi ×${state.failures}`
      : 'tốt';
  const error =
    state.failures > 0 && state.lastError ? `${state.lastError.code}: ${state.lastError.message}` : '';
  return [
    name,
    connector,
    status,
    `lần cuối ${time(state.lastSucceeded)}`,
    `lần tới ${time(state.due)}`,
    `${state.harvested} tin`,
    error,
  ].join('\t');
}
