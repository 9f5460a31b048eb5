import { CodedError } from '../../../schemas/errors.ts';
import type { Instant } from '../../../schemas/instant.ts';
import type { Complaint, TakeDown } from '../../../schemas/records.ts';
import { AUDIENCES, type PressAgreement, REPUBLICATION_MODES } from '../../../schemas/republication.ts';
import type { By } from '../../acts/actor.ts';
import { endAgreement, except, recordAgreement } from '../../acts/agreements.ts';
import { answerComplaint } from '../../acts/complaints.ts';
import { correct } from '../../acts/correct.ts';
import { hold, release } from '../../acts/hold.ts';
import { restore, takeDown } from '../../acts/take-down.ts';
import { type Rights, requireScope } from '../../http/access.ts';
import type { Kept } from '../../store/records.ts';
import type { GraphContext } from '../context.ts';
import type { Resolvers } from '../subschema.ts';

/** Every act: only for the operator, with the actor and the reason that the ledger keeps. */
function act<Args extends { readonly reason: string }, Done>(
  perform: (args: Args, by: By, context: GraphContext) => Promise<Done>,
) {
  return (_parent: unknown, args: Args, context: GraphContext): Promise<Done> => {
    requireScope(context.rights, 'operate');
    return perform(args, { actor: actorOf(context.rights), reason: args.reason }, context);
  };
}

export function actorOf({ key }: Rights): string {
  return key === undefined ? 'operator' : `key:${key}`;
}

interface OfItem {
  readonly item: string;
  readonly reason: string;
}

export const ACTS: Resolvers[string] = {
  hold: act(({ item }: OfItem, by, { services }) => hold(services.store, item, by)),
  release: act(({ item }: OfItem, by, { services }) => release(services.store, item, by)),
  restore: act(async ({ item }: OfItem, by, { services }) => {
    await restore(services.store, item, by);
    return { id: item, requested: true };
  }),
  correct: act(async ({ item, by }: OfItem & { by: string }, who, { services }) => {
    const correction = await correct(services.store, item, by, who);
    return correction.visibility === 'RELEASED' ? correction : null;
  }),
  takeDown: (_parent: unknown, { input }: { readonly input: OrderInput }, context: GraphContext) =>
    ordered(_parent, input, context),
  recordOrder: (_parent: unknown, { input }: { readonly input: OrderInput }, context: GraphContext) =>
    ordered(_parent, input, context),
  recordAgreement: act(({ input }: { input: AgreementInput; reason: string }, by, context) =>
    recordAgreement(context.services.store, context.services.federation, toAgreement(input, context), by),
  ),
  endAgreement: act(({ id }: { id: string; reason: string }, by, { services }) =>
    endAgreement(services.store, id, by),
  ),
  except: act(
    (
      { site, rule, reason, until }: { site: string; rule: string; reason: string; until: Instant },
      by,
      { services },
    ) => except(services.store, services, { site, rule, reason, until, author: by.actor }, by),
  ),
  answerComplaint: act(
    ({ ticket, upheld }: { ticket: string; upheld: boolean; reason: string }, by, { services }) =>
      answerComplaint(services.store, ticket, upheld, by),
  ),
};

export const ACT_TYPES: Resolvers = {
  TakeDown: Object.fromEntries(
    (['items', 'reason', 'sender', 'reference', 'urgent', 'receivedAt', 'dueAt', 'removedAt'] as const).map(
      name => [name, ({ document }: { readonly document: TakeDown }) => document[name]],
    ),
  ),
  RecordedAgreement: { validUntil: ({ until }: PressAgreement) => until },
  ComplaintState: {
    ticket: ({ id }: Kept<'complaint'>) => id,
    decision: ({ document }: { readonly document: Complaint }) => document.decision,
  },
};

interface OrderInput {
  readonly items?: readonly string[] | null;
  readonly links?: readonly string[] | null;
  readonly reason: string;
  readonly sender?: string | null;
  readonly reference?: string | null;
  readonly receivedAt?: Instant | null;
  readonly urgent?: boolean | null;
}

const ordered = (_parent: unknown, input: OrderInput, context: GraphContext) =>
  act(({ items, links, sender, reference, receivedAt, urgent }: OrderInput, by, { services }) =>
    takeDown(services.store, {
      ...by,
      items: items ?? [],
      links: links ?? [],
      urgent: urgent ?? false,
      ...(sender != null && { sender }),
      ...(reference != null && { reference }),
      ...(receivedAt != null && { receivedAt }),
    }),
  )(_parent, input, context);

interface AgreementInput {
  readonly id: string;
  readonly site: string;
  readonly parties?: readonly string[] | null;
  readonly mode: string;
  readonly media: boolean;
  readonly audience: string;
  readonly validFrom?: Instant | null;
  readonly validUntil: Instant;
  readonly document: string;
  readonly delayMinutes?: number | null;
  readonly correctionsAtOnce: boolean;
}

function toAgreement(input: AgreementInput, { services }: GraphContext): PressAgreement {
  const { parties, validFrom, validUntil, delayMinutes, ...rest } = input;
  return {
    ...rest,
    parties: parties ?? [],
    mode: oneOf(REPUBLICATION_MODES, rest.mode, 'mode'),
    audience: oneOf(AUDIENCES, rest.audience, 'audience'),
    document: rest.document.toLowerCase(),
    from: validFrom ?? services.now(),
    until: validUntil,
    ...(delayMinutes != null && { delay: delayMinutes * 60_000 }),
  };
}

function oneOf<T extends string>(known: readonly T[], given: string, name: string): T {
  const found = known.find(one => one === given);
  if (found !== undefined) return found;
  throw new CodedError('BAD_INPUT', `${name} is one of ${known.join(', ')}.`);
}
