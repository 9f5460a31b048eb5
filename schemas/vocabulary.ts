/**
 * Wordings that mean the same to a reader, in groups: an abbreviation and what it stands for. Whoever looks for one of
 * a group looks for all of it.
 */
export type Vocabulary = readonly (readonly string[])[];
