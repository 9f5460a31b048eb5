import type { ZodType } from 'zod';
import { DAY, duration, MINUTE, rate, showDuration } from '../../config/measures.ts';
import { CodedError } from '../../schemas/errors.ts';
import { type Instant, toReadable } from '../../schemas/instant.ts';
import { createKey, rotateKey } from '../http/access.ts';
import type { ApiKey } from '../store/keys.ts';
import type { Setting } from './setting.ts';

/** Makes a key and shows it; only its hash is kept, so it can't be shown again. */
export async function createApiKey(
  title: string,
  scopes: readonly string[],
  { expires, quota }: { readonly expires?: string; readonly quota?: string },
  setting: Setting,
): Promise<number> {
  const life = expires === undefined ? undefined : measured('--expires', duration({ min: MINUTE }), expires);
  const share = quota === undefined ? undefined : measured('--quota', rate(), quota);
  return withStore(setting, async store => {
    const known = new Set(setting.federation.sites.map(({ id }) => id));
    const stray = scopes
      .map(scope => /^(?:site|fulltext):(.+)$/.exec(scope)?.[1])
      .find(id => id !== undefined && !known.has(id));
    if (stray !== undefined) throw new CodedError('BAD_INPUT', `No site is called ${stray}.`);
    const created = await store.now();
    const { text } = await createKey(store.keys, {
      title,
      scopes,
      created,
      ...(life !== undefined && { expires: created + life }),
      ...(share && { quota: share }),
    });
    show(text);
    return 0;
  });
}

/** Another secret for a key. The present one is good for the grace, so that its users can change over. */
export async function rotateApiKey(id: string, grace: string, setting: Setting): Promise<number> {
  const wait = measured('--grace', duration({ max: 90 * DAY }), grace);
  return withStore(setting, async store => {
    const until = (await store.now()) + wait;
    const text = await rotateKey(store.keys, id, until);
    if (text === undefined) throw new CodedError('NOT_FOUND', `No key in use has the id ${id}.`);
    console.error(`Khóa cũ còn dùng được đến ${toReadable(until)}.`);
    show(text);
    return 0;
  });
}

/** Id, title, scopes, made, last used, quota, state; one a line, apart by tabs. */
export async function listApiKeys(setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    const now = await store.now();
    for (const key of await store.keys.list()) {
      const used = key.used === undefined ? 'chưa dùng' : `dùng ${toReadable(key.used)}`;
      const quota = key.quota
        ? `${key.quota.requests}/${showDuration(key.quota.per).slice(1)}`
        : 'không hạn mức';
      const columns = [key.id, key.title, key.scopes.join(' '), toReadable(key.created), used, quota];
      console.log([...columns, stateOf(key, now)].join('\t'));
    }
    return 0;
  });
}

export async function revokeApiKey(id: string, setting: Setting): Promise<number> {
  return withStore(setting, async store => {
    if (!(await store.keys.revoke(id))) throw new CodedError('NOT_FOUND', `No key in use has the id ${id}.`);
    console.log(`${id}: đã hủy.`);
    return 0;
  });
}

function stateOf({ revoked, expires, graceUntil }: ApiKey, now: Instant): string {
  if (revoked !== undefined) return `đã hủy ${toReadable(revoked)}`;
  if (expires !== undefined && expires <= now) return `hết hạn ${toReadable(expires)}`;
  const end = expires === undefined ? '' : `, đến ${toReadable(expires)}`;
  const grace = graceUntil !== undefined && graceUntil > now ? `, khóa cũ đến ${toReadable(graceUntil)}` : '';
  return `đang dùng${end}${grace}`;
}

/** The secret alone on standard output, so that it can be piped to where it is kept. */
function show(text: string): void {
  console.error('Khóa chỉ hiện một lần, hãy cất ngay:');
  console.log(text);
}

/** What an option says, by the measures of the federation file. Throws BAD_INPUT. */
function measured<Value>(option: string, measure: ZodType<Value>, text: string): Value {
  const read = measure.safeParse(text);
  if (read.success) return read.data;
  throw new CodedError('BAD_INPUT', `${option} ${text}: ${read.error.issues[0]?.message ?? ''}`);
}

async function withStore(
  setting: Setting,
  act: (store: Awaited<ReturnType<Setting['openStore']>>) => Promise<number>,
): Promise<number> {
  const store = await setting.openStore();
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}
