import type { HarvestTools } from '../harvest/harvest-source.ts';
import { changeSubscription, DENIED_FOR, LEASE, renewalOf, type Subscribed } from './subscription.ts';

/** What a hub asks of a callback by GET: WebSub sections 5.2 and 5.3. */
export interface Question {
  readonly mode: string;
  readonly topic: string;
  readonly challenge: string;
  readonly seconds: number | undefined;
  readonly reason: string;
}

/**
 * A hub's question about one subscription of ours; the challenge to repeat, '' for a denial that was taken note of, undefined
 * for what we never asked ("the subscriber MUST … confirm that the topic corresponds to a pending subscription").
 */
export async function answerHub(
  id: string,
  question: Question,
  { store, log }: HarvestTools,
): Promise<string | undefined> {
  const now = await store.now();
  const { mode, topic, challenge } = question;
  let confirmed = false;
  let before: Subscribed | undefined;
  await changeSubscription(store, id, kept => {
    before = kept;
    const { state, document } = kept;
    if (document.topic !== topic) return undefined;
    const { asked: _asked, reason: _reason, ...rest } = document;
    const living = state === 'asked' || state === 'active';
    if (mode === 'denied' && living) {
      confirmed = true;
      return {
        ...kept,
        state: 'denied',
        due: now + DENIED_FOR,
        document: { ...rest, failures: document.failures + 1, reason: shortReason(question.reason) },
      };
    }
    if (mode === 'unsubscribe' && state === 'ending' && document.asked?.mode === 'unsubscribe') {
      confirmed = challenge !== '';
      return confirmed ? null : undefined;
    }
    if (mode !== 'subscribe' || !living || challenge === '') return undefined;
    // An answer that got lost is asked for again: the same yes, as long as it is active.
    if (document.asked?.mode !== 'subscribe' && state !== 'active') return undefined;
    confirmed = true;
    const seconds = grantedSeconds(question.seconds);
    return {
      ...kept,
      state: 'active',
      due: renewalOf(now, seconds),
      document: { ...rest, failures: 0, validUntil: now + seconds * 1000 },
    };
  });
  const source = before?.document.source;
  if (confirmed && mode === 'subscribe' && before?.state !== 'active')
    log.info({ source }, `${source}: đã đăng ký ở trung tâm WebSub, tin mới được báo ngay.`);
  if (confirmed && mode === 'denied')
    log.info({ source }, `${source}: trung tâm WebSub từ chối đăng ký: tiếp tục hỏi định kỳ.`);
  if (!confirmed) return undefined;
  return mode === 'denied' ? '' : challenge;
}

/** The hub decides; within what we can keep. Without a word: what we asked for. */
function grantedSeconds(seconds: number | undefined): number {
  const granted = seconds ?? LEASE.asked / 1000;
  return Math.min(Math.max(granted, LEASE.least / 1000), LEASE.most / 1000);
}

function shortReason(reason: string): string {
  const plain = reason.replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '').trim();
  return plain.slice(0, 120) || 'denied';
}
