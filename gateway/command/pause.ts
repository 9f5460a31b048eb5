import { unknownSource } from './harvest.ts';
import type { Setting } from './setting.ts';

/** Pauses a source until it is resumed; what it holds stays published. */
export async function pause(name: string, setting: Setting): Promise<number> {
  return act(name, setting, { reason: 'operator' }, `${name}: tạm dừng thu thập.`);
}

export async function resume(name: string, setting: Setting): Promise<number> {
  return act(name, setting, undefined, `${name}: thu thập trở lại.`);
}

async function act(
  name: string,
  setting: Setting,
  state: { reason: string } | undefined,
  told: string,
): Promise<number> {
  const store = await setting.openStore();
  try {
    if (!(await store.work.pause(name, state))) throw unknownSource(name, setting);
    if (state === undefined) await store.work.request(name);
    console.log(told);
    return 0;
  } finally {
    await store.close();
  }
}
