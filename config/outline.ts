import { z } from 'zod';

const word = z.string().optional().catch(undefined);
/** Keeps its places: what is no text is an empty one. */
const words = z.array(z.string().catch('')).catch([]);

const source = z.object({ id: word, connector: word, options: z.unknown().optional() });
const site = z.object({
  id: word,
  kind: word,
  contentSchema: word,
  sources: z.array(source.catch({ options: undefined })).catch([]),
});
const contentSchema = z.object({ type: word, fields: z.record(z.string(), z.unknown()).catch({}) });
const select = z.object({ sites: words, topics: words }).catch({ sites: [], topics: [] });

const outline = z
  .object({
    sites: z.array(site.catch({ sources: [] })).catch([]),
    contentSchemas: z.record(z.string(), contentSchema.catch({ fields: {} })).catch({}),
    topics: z.array(z.object({ id: word, sites: words }).catch({ sites: [] })).catch([]),
    feeds: z.array(z.object({ id: word, select }).catch({ select: { sites: [], topics: [] } })).catch([]),
  })
  .catch({ sites: [], contentSchemas: {}, topics: [], feeds: [] });

/** The names in a file and what refers to them, as far as they can be made out. */
export type Outline = z.output<typeof outline>;
export type SourceOutline = Outline['sites'][number]['sources'][number];

/** Total, so that references and options are checked even where the file's shape is broken: all faults at once. */
export function readOutline(value: unknown): Outline {
  return outline.parse(value);
}
