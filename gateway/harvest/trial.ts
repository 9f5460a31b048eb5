import type { Batch } from '../../connectors/connector.ts';
import { CodedError } from '../../schemas/errors.ts';
import type { Normalised } from '../normalise/normalise.ts';
import { type HarvestTools, normaliseEntries, prepareTurn } from './harvest-source.ts';

export interface Trial extends Pick<Normalised, 'drafts' | 'refused'> {
  readonly batch: Batch;
}

/** The first batch of a source as it would be stored, from the beginning, storing nothing. */
export async function trial(source: string, signal: AbortSignal, tools: HarvestTools): Promise<Trial> {
  const turn = await prepareTurn(source, signal, tools);
  const job = { ...turn.job, checkpoint: undefined };
  for await (const batch of turn.connector.harvest(job, turn.tools)) {
    const normalised = await normaliseEntries(batch, turn, tools);
    if (normalised.drafts.length > 0 || batch.entries.length > 0) return { batch, ...normalised };
  }
  throw new CodedError('EMPTY_DOCUMENT', `${source} answered, but there is nothing in it.`);
}
