import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Source, SourceState } from '../../../schemas/source.ts';
import { requireScope } from '../../http/access.ts';
import type { GraphContext } from '../context.ts';
import { healthOf } from '../source-states.ts';
import type { Resolvers } from '../subschema.ts';

/** `Mutation.harvest`. */
export async function harvest(
  _parent: unknown,
  { source: name }: { readonly source: string },
  { services, rights, states }: GraphContext,
) {
  requireScope(rights, 'operate');
  const source = knownSource(name, services.federation.sources);
  if (!(await services.store.work.request(name))) throw unknownSource(name);
  states.forget();
  services.log.info({ source: name }, `Thu ${name} ngay, theo yêu cầu của người vận hành.`);
  return { source, requested: await services.store.now() };
}

/** `Mutation.pause`. A moment that has passed ends the pause. */
export async function pause(
  _parent: unknown,
  { source: name, until = null }: { readonly source: string; readonly until?: Instant | null },
  { services, rights, states }: GraphContext,
) {
  requireScope(rights, 'operate');
  const source = knownSource(name, services.federation.sources);
  const over = until !== null && until <= (await services.store.now());
  const wanted = over ? undefined : { ...(until !== null && { until }), reason: 'operator' };
  if (!(await services.store.work.pause(name, wanted))) throw unknownSource(name);
  states.forget();
  services.log.info({ source: name, until }, over ? `Thu ${name} trở lại.` : `Tạm dừng thu ${name}.`);
  return source;
}

export const SOURCE_RESOLVERS: Resolvers = {
  Source: {
    state: read(healthOf),
    due: read(state => state?.due),
    interval: read(state => state && Math.round(state.interval / 1000)),
    lastSucceeded: read(state => state?.lastSucceeded),
    lastChanged: read(state => state?.lastChanged),
    failures: read(state => state?.failures ?? 0),
    lastError: read(state => state?.lastError),
    pausedUntil: read(state => state?.paused?.until),
    harvested: read(state => state?.harvested ?? 0),
  },
};

function read(field: (state: SourceState | undefined) => unknown) {
  return async (source: Source, _args: unknown, { states }: GraphContext) =>
    field(await states.ofSource(source.name));
}

function knownSource(name: string, sources: readonly Source[]): Source {
  const source = sources.find(each => each.name === name);
  if (!source) throw unknownSource(name);
  return source;
}

function unknownSource(name: string): CodedError {
  return new CodedError(
    'NOT_FOUND',
    `There is no source ${name.slice(0, 100)}; a source is named <site>/<source>.`,
  );
}
