import type { DutyTools } from './own-duties.ts';
import { checkOwnDuties } from './own-duties.ts';

const MINUTE = 60_000;
/** GUIDELINES 56: "probe the public outputs every 15 min". */
const EVERY = 15 * MINUTE;
const FIRST = 2 * MINUTE;
const PATIENCE = 20_000;

/** Looks at ourselves every quarter of an hour, over HTTP at the address we listen on. Returns the way to stop. */
export function watchDuties(toolsNow: () => Omit<DutyTools, 'ask'>, base: string): () => void {
  const ask: DutyTools['ask'] = async path => {
    const answer = await fetch(base + path, {
      redirect: 'manual',
      headers: {
        accept: path.startsWith('/graphql') ? 'application/json' : '*/*',
        'user-agent': 'lienthong-own-duties',
      },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, body: await answer.text() };
  };
  const look = () => {
    const tools = toolsNow();
    return checkOwnDuties({ ...tools, ask }).catch(thrown =>
      tools.log.error({ err: thrown }, 'Our own duties could not be looked at; it is tried again.'),
    );
  };
  const timers = [setTimeout(look, FIRST), setInterval(look, EVERY)];
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
