import type { MessagePort } from 'node:worker_threads';
import type { Connector } from '../../connectors/connector.ts';
import type { Entry } from '../../schemas/entry.ts';
import { CodedError, toCoded } from '../../schemas/errors.ts';
import type { Rule } from '../../schemas/rules/rule.ts';
import { type CheckStep, performCheck } from '../check/check-step.ts';
import type { Received } from '../check/read-document.ts';
import { parseSitemap } from '../completeness/read-sitemaps.ts';
import { type ItemToJudge, type JudgingContext, judgeItems } from '../judge/judge-items.ts';
import { cleanHtml } from '../normalise/clean-html.ts';
import { type NormaliseContext, type Normalised, normaliseBatch } from '../normalise/normalise.ts';
import { type Answer, READY } from './reading-pool.ts';

/** What a reading thread is asked to do: everything that works on foreign text. */
export type ReadingTask =
  | { readonly kind: 'read'; readonly connector: string; readonly input: unknown; readonly options: unknown }
  | { readonly kind: 'clean'; readonly texts: readonly { readonly html: string; readonly link: string }[] }
  | {
      readonly kind: 'normalise';
      readonly entries: readonly Entry[];
      readonly context: NormaliseContext;
      /** Absent: nothing is judged. */
      readonly judging?: JudgingContext;
    }
  | { readonly kind: 'judge'; readonly items: readonly ItemToJudge[]; readonly context: JudgingContext }
  | { readonly kind: 'check'; readonly step: CheckStep }
  | { readonly kind: 'sitemap'; readonly received: Received };

/** Serves reading tasks that come by the port, one after the other, until the thread is ended. */
export function serveReading(
  port: MessagePort,
  connectors: readonly Connector[],
  rules: readonly Rule[],
): void {
  const byId = new Map(connectors.map(connector => [connector.id, connector]));
  port.on('message', async (task: ReadingTask) => port.postMessage(await answer(task, byId, rules)));
  port.postMessage(READY);
}

async function answer(
  task: ReadingTask,
  connectors: ReadonlyMap<string, Connector>,
  rules: readonly Rule[],
): Promise<Answer> {
  try {
    return { value: await perform(task, connectors, rules) };
  } catch (thrown) {
    const { code, message, data, cause } = toCoded(thrown);
    const why = code === 'INTERNAL' && cause instanceof Error ? `Reading failed: ${cause.message}` : message;
    return { error: { code: code === 'INTERNAL' ? 'UNREADABLE' : code, message: why, data } };
  }
}

async function perform(
  task: ReadingTask,
  connectors: ReadonlyMap<string, Connector>,
  rules: readonly Rule[],
): Promise<unknown> {
  if (task.kind === 'clean') {
    return task.texts.map(({ html, link }) => cleaned(html, link));
  }
  if (task.kind === 'normalise') return judgedBatch(task, rules);
  if (task.kind === 'judge') return judgeItems(task.items, task.context, rules);
  if (task.kind === 'sitemap') return parseSitemap(task.received);
  if (task.kind === 'check') return performCheck(task.step, connectors, rules);
  const connector = connectors.get(task.connector);
  if (!connector) throw new CodedError('INTERNAL', `No connector is called ${task.connector}.`);
  return connector.read(task.input, task.options);
}

/** What a batch comes to: its drafts with what the rules say of them. What they were made of stays here. */
function judgedBatch(
  { entries, context, judging }: Extract<ReadingTask, { kind: 'normalise' }>,
  rules: readonly Rule[],
): Omit<Normalised, 'entries'> {
  const made = normaliseBatch(entries, context);
  if (!judging) return { drafts: made.drafts, refused: made.refused };
  const items = made.drafts.map((item, index) => {
    const entry = made.entries[index];
    return { item, ...(entry && { entry }) };
  });
  const judged = judgeItems(items, judging, rules);
  const drafts = made.drafts.map((draft, index) => {
    const said = judged[index];
    return said ? { ...draft, judged: said } : draft;
  });
  return { drafts, refused: made.refused };
}

function cleaned(content: string, link: string): { readonly html: string; readonly text: string } {
  const { html, text } = cleanHtml(content, { base: link });
  return { html, text };
}
