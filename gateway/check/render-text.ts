import { toReadable } from '../../schemas/instant.ts';
import { federationBlock } from './federation-block.ts';
import type { Place } from './fold.ts';
import type { FoundSource } from './found-source.ts';
import type { CheckReport, ReportedProblem, StrictReaderSight } from './report.ts';
import { type Language, WORDS, type Words } from './words.ts';

/** The report for a terminal, without colours, so that it can be mailed as it is. */
export function renderText(report: CheckReport, language: Language): string {
  const words = WORDS[language];
  const must = report.problems.filter(({ severity }) => severity === 'must').length;
  return plain([
    `${words.title}: ${report.name} <${report.url}>`,
    `${words.kindLabel}: ${words.kinds[report.kind]} (${words.kindFrom[report.kindFrom]})`,
    ...(report.failure
      ? [`${words.failure}: ${report.failure.message[language]} [${report.failure.code}]`]
      : []),
    scoreLine(report, words),
    report.problems.length > 0 ? words.problems(must, report.problems.length - must) : words.noProblems,
    '',
    ...sourceLines(report.sources, language),
    ...(report.strictReader ? ['', strictLine(report.strictReader, words)] : []),
    ...byRule(report.problems).flatMap(problems => ['', ...problemLines(problems, language)]),
    '',
    words.unknown(report.unknown.length),
    ...report.unknown.map(({ title, why, rule }) => `  ? ${title[language]}: ${why[language]} [${rule}]`),
    words.met(report.met.length),
    ...report.met.map(({ title, rule }) => `  + ${title[language]} [${rule}]`),
    '',
    words.cost(report.requests, Math.round(report.milliseconds / 1_000)),
    words.note,
  ]);
}

/** What `discover` prints: the ways in, best first, and what to write into the federation file. */
export function renderDiscovery(
  {
    sources,
    site,
    requests,
  }: {
    readonly sources: readonly FoundSource[];
    readonly site: Parameters<typeof federationBlock>[0];
    readonly requests: number;
  },
  language: Language,
): string {
  const words = WORDS[language];
  const block = federationBlock(site, sources);
  return plain([
    ...sourceLines(sources, language),
    '',
    `# ${block === undefined ? words.noBlock : words.block} (${words.kinds[site.kind]}, ${requests}):`,
    block ?? '',
  ]);
}

function scoreLine({ score }: CheckReport, words: Words): string {
  const told = score.score === undefined ? words.noScore : `${score.score}/100`;
  return `${words.score}: ${told} (${words.unknownShare(score.unknown)})`;
}

function sourceLines(sources: readonly FoundSource[], language: Language): string[] {
  const words = WORDS[language];
  if (sources.length === 0) return [words.noSources];
  return [`${words.sources}:`, ...sources.map((source, n) => `  ${n + 1}. ${sourceLine(source, language)}`)];
}

export function sourceLine(source: FoundSource, language: Language): string {
  const words = WORDS[language];
  const { kind, format, url, works, entries, total, newest, fields, note } = source;
  return [
    `${words.sourceKinds[kind]}${format === undefined ? '' : ` (${format})`} ${url}`,
    works ? words.works : words.fails,
    ...(entries === undefined ? [] : [words.entries(entries, total)]),
    ...(newest === undefined ? [] : [`${words.newest} ${toReadable(newest)}`]),
    ...(fields.length > 0 ? [words.fields(fields)] : []),
    ...(note ? [note[language]] : []),
  ].join(' · ');
}

export function strictLine(sight: StrictReaderSight, words: Words): string {
  if (sight.refusedAt !== undefined) {
    const place = sight.line === undefined ? '' : `${words.line(sight.line, sight.column ?? 1)}: `;
    return `${words.strictRefused} ${place}${sight.refusedAt.replace(/^dòng \d+, cột \d+: /, '')}`;
  }
  return sight.entries === sight.of ? words.strictAll(sight.of) : words.strict(sight.entries, sight.of);
}

/** Problems of one rule together, in the order of the report: clauses and remedy are then told once. */
export function byRule(problems: readonly ReportedProblem[]): [ReportedProblem, ...ReportedProblem[]][] {
  const groups = new Map<string, [ReportedProblem, ...ReportedProblem[]]>();
  for (const problem of problems) {
    const known = groups.get(problem.rule);
    if (known) known.push(problem);
    else groups.set(problem.rule, [problem]);
  }
  return [...groups.values()];
}

function problemLines(
  problems: readonly [ReportedProblem, ...ReportedProblem[]],
  language: Language,
): string[] {
  const words = WORDS[language];
  const [{ title, rule, clauses, remedy, example, caveat }] = problems;
  const must = problems.some(({ severity }) => severity === 'must');
  return [
    `[${must ? words.must : words.should}] ${title[language]} [${rule}]`,
    ...problems.flatMap(({ message, count, places }) => [
      `  - ${message[language]} (${words.times(count)})`,
      ...places.map(place => `      ${placeLine(place, words)}`),
      ...(count > places.length ? [`      … ${words.more(count - places.length)}`] : []),
    ]),
    `  ${words.remedy}: ${remedy[language]}`,
    ...(example === undefined ? [] : [`  ${words.example}: ${example}`]),
    ...clauses.map(
      ({ cite, confidenceWords, history }) =>
        `  ${words.clause}: ${cite} (${confidenceWords[language]}${history ? `; ${words.history}` : ''})`,
    ),
    ...(caveat ? [`  ${words.caveat}: ${caveat[language]}`] : []),
  ];
}

export function placeLine({ document, line, column, entry, path }: Place, words: Words): string {
  const parts = [
    ...(document === undefined ? [] : [document]),
    ...(line === undefined ? [] : [words.line(line, column ?? 1)]),
    ...(entry === undefined ? [] : [words.entry(entry)]),
    path,
  ];
  return parts.join(' · ');
}

/** Foreign words reach a terminal without the signs that move its cursor or colour it. */
function plain(lines: readonly string[]): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return lines.join('\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
