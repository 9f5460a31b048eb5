import type { Federation, Webhook } from '../schemas/federation.ts';
import type { PressAgreement } from '../schemas/republication.ts';
import type { Rule } from '../schemas/rules/rule.ts';
import type { Site } from '../schemas/site.ts';
import { alarmChanges, alertChannels, checkAlerts } from './alerts.ts';
import { checkCallbacks } from './callbacks-references.ts';
import { readDocument } from './document.ts';
import { explain, issueWords } from './explain.ts';
import { extendSources } from './extend-sources.ts';
import { configInvalid, type Fault, type Finding } from './fault.ts';
import { feedDefinitions } from './feeds.ts';
import { checkOverrides, type RuleChange } from './guidelines.ts';
import { checkLive } from './live-references.ts';
import { type FederationFile, fileSchema, type SiteEntry } from './options.ts';
import { readOutline } from './outline.ts';
import { packOf } from './packs.ts';
import { checkReferences } from './references.ts';
import type { RepublicationFile } from './republication-options.ts';
import { checkRepublication } from './republication-references.ts';
import { type KnownConnector, readOptions } from './source-options.ts';
import { readSources } from './sources.ts';
import { type Substituted, substitute } from './substitute.ts';
import { takenTypes } from './taken-types.ts';
import { findWarnings } from './warnings.ts';

export interface FederationInput {
  readonly text: string;
  /** Name of the file, for messages. */
  readonly path: string;
  /** Where `${NAME}` comes from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connectors: readonly KnownConnector[];
  readonly rules: readonly Rule[];
  /** Where we listen, the base of the default `publicUrl`. */
  readonly listen: { readonly host: string; readonly port: number };
}

export interface FederationReading {
  readonly federation: Federation;
  /** What will run but is probably not meant. */
  readonly warnings: readonly Fault[];
}

/** The federation file in memory. Throws CONFIG_INVALID with every fault at once, each with its place. */
export function readFederation(input: FederationInput): FederationReading {
  const document = readDocument(input.text);
  if (document.faults.length > 0) throw configInvalid(input.path, document.faults);
  const substituted = substitute(document.value, input.env);
  const place = (findings: readonly Finding[]): Fault[] =>
    inOrder(findings.map(document.place).map(fault => hideSecrets(fault, substituted)));

  const extended = extendSources(substituted.value);
  const parsed = fileSchema.safeParse(extended.value, { error: issueWords });
  const outline = readOutline(extended.value);
  const { options, findings: wrongOptions } = readOptions(outline, input.connectors);
  const lineOf = (at: readonly PropertyKey[]) => document.place({ at, message: '', remedy: '' }).line;
  const findings = merge(substituted.findings, [
    ...extended.findings,
    ...(parsed.success ? [] : explain(parsed.error.issues, extended.value, fileSchema)),
    ...checkReferences(outline, takenTypes(input.connectors), lineOf),
    ...wrongOptions,
    ...checkLive(outline),
    ...(parsed.success ? checkRules(parsed.data, input.rules) : []),
  ]);
  if (findings.length > 0 || !parsed.success) throw configInvalid(input.path, place(findings));

  const federation = assemble(parsed.data, options, input);
  return { federation, warnings: place(findWarnings(parsed.data)) };
}

function assemble(
  file: FederationFile,
  options: readonly (readonly unknown[])[],
  { listen, rules }: FederationInput,
): Federation {
  const contentSchemas = Object.entries(file.contentSchemas).map(([name, schema]) => ({ name, ...schema }));
  const { title, language, timeZone } = file.gateway;
  const publicUrl = (file.gateway.publicUrl ?? defaultUrl(listen)).replace(/\/$/, '');
  return {
    gateway: {
      title,
      publicUrl,
      ...(file.gateway.publicUrl !== undefined && { reachable: true as const }),
      language,
      timeZone,
    },
    fetch: { ...file.fetch, userAgent: file.fetch.userAgent ?? `LienThong/0.1 (+${publicUrl})` },
    sites: file.sites.map(entry => readSite(entry)),
    sources: readSources(file, contentSchemas, options),
    contentSchemas,
    topics: file.topics,
    feeds: feedDefinitions(title, file.feeds, file.topics),
    http: file.http,
    graphql: file.graphql,
    limits: file.limits.anonymous ? { anonymous: file.limits.anonymous } : {},
    serveStale: file.serveStale,
    tombstoneDays: file.tombstoneDays,
    evidenceDays: file.evidenceDays,
    guidelines: guidelinesOf(file, rules),
    republication: {
      press: file.republication.press,
      agreements: file.republication.agreements.map(readAgreement),
    },
    check: file.check,
    callbacks: { ...file.callbacks, webhooks: file.callbacks.webhooks.map(readWebhook) },
    alerts: alertChannels(file),
    alarms: alarmChanges(file),
  };
}

/** What rules, exceptions and agreements say of one another and of the sites. */
function checkRules(file: FederationFile, rules: readonly Rule[]): Finding[] {
  return [
    ...checkOverrides(file.guidelines.overrides, rules, ['guidelines', 'overrides']),
    ...checkRepublication(file, rules),
    ...checkCallbacks(file),
    ...checkAlerts(file),
  ];
}

function guidelinesOf(
  { guidelines, sites }: FederationFile,
  rules: readonly Rule[],
): Federation['guidelines'] {
  return {
    pack: packOf(guidelines.pack, rules),
    public: guidelines.public,
    denyList: guidelines.denyList,
    overrides: guidelines.overrides as Readonly<Record<string, RuleChange>>,
    exceptions: sites.flatMap(({ id, exceptions }) =>
      exceptions.map(({ until, ...exception }) => ({ ...exception, site: id, until: lastSecond(until) })),
    ),
  };
}

function readAgreement(entry: RepublicationFile['agreements'][number]): PressAgreement {
  const { id, site, parties, mode, media, audience, document, delay, correctionsAtOnce } = entry;
  return {
    id: id ?? `${site}-${entry.validUntil}`,
    site,
    parties,
    mode,
    media,
    audience,
    document: document.toLowerCase(),
    correctionsAtOnce,
    from: entry.validFrom === undefined ? 0 : Date.parse(`${entry.validFrom}T00:00:00+07:00`),
    until: lastSecond(entry.validUntil),
    ...(delay !== undefined && { delay }),
  };
}

function readWebhook({
  previousSecret,
  ...webhook
}: FederationFile['callbacks']['webhooks'][number]): Webhook {
  return { ...webhook, ...(previousSecret !== undefined && { previousSecret }) };
}

/** Days end at Hanoi's midnight. */
function lastSecond(day: string): number {
  return Date.parse(`${day}T23:59:59.999+07:00`);
}

function readSite(entry: SiteEntry): Site {
  const { id, name, kind, homepage, registry, contentSchema } = entry;
  const home = new URL(homepage).host;
  const hosts = new Set([...entry.hosts, ...entry.sources.flatMap(({ options }) => hostsOf(options))]);
  hosts.delete(home);
  return { id, name, kind, homepage, hosts: [...hosts], registry, ...(contentSchema && { contentSchema }) };
}

/** Hosts of the addresses that options name directly: `url`, `list`, `link` and the like; templates too. */
function hostsOf(options: unknown): string[] {
  if (typeof options !== 'object' || options === null) return [];
  const addresses = Object.values(options)
    .flat()
    .filter(value => typeof value === 'string' && /^https?:\/\//i.test(value));
  return addresses.filter(value => URL.canParse(value)).map(value => new URL(value).host);
}

/** What stands on a missing variable is not told twice. */
function merge(missing: readonly Finding[], others: readonly Finding[]): Finding[] {
  const places = new Set(missing.map(({ at }) => JSON.stringify(at)));
  return [...missing, ...others.filter(({ at }) => !places.has(JSON.stringify(at)))];
}

function inOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** A value that came from the environment may be quoted by a connector's message; it is never shown. */
function hideSecrets(fault: Fault, { secrets }: Substituted): Fault {
  const hide = (text: string) =>
    secrets.reduce(
      (shown, { name, value }) => (value.length < 3 ? shown : shown.replaceAll(value, `\${${name}}`)),
      text,
    );
  return { ...fault, path: hide(fault.path), message: hide(fault.message), remedy: hide(fault.remedy) };
}

function defaultUrl({ host, port }: FederationInput['listen']): string {
  const everywhere = host === '' || host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
