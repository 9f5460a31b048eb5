import type { z } from 'zod';
import type { ContentSchema } from '../schemas/federation.ts';
import { explain, issueWords } from './explain.ts';
import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import type { Outline, SourceOutline } from './outline.ts';

/** What of a connector the federation file needs: `Connector` fits it. */
export interface KnownConnector {
  readonly id: string;
  readonly options: z.ZodType;
  /** Types it brings along, which the file's own can't take. */
  readonly contentSchemas?: readonly ContentSchema[];
}

export interface OptionsReading {
  /** By place: `options[site][source]`. */
  readonly options: readonly (readonly unknown[])[];
  readonly findings: readonly Finding[];
}

type Path = readonly PropertyKey[];

/** Every source's `options`, read by its connector's own schema. */
export function readOptions(file: Outline, connectors: readonly KnownConnector[]): OptionsReading {
  const findings: Finding[] = [];
  const options = file.sites.map((site, index) => {
    const fields =
      site.contentSchema === undefined ? undefined : file.contentSchemas[site.contentSchema]?.fields;
    return site.sources.map((source, inner) => {
      const read = readOne(source, connectors, ['sites', index, 'sources', inner]);
      findings.push(...read.findings, ...checkOwn(read.options, fields, ['sites', index, 'sources', inner]));
      return read.options;
    });
  });
  return { options, findings };
}

function readOne(
  { connector: id, options }: SourceOutline,
  connectors: readonly KnownConnector[],
  at: Path,
): { readonly options?: unknown; readonly findings: readonly Finding[] } {
  if (id === undefined) return { findings: [] };
  const connector = connectors.find(known => known.id === id);
  if (connector === undefined) return { findings: [unknownConnector(id, connectors, at)] };
  const given = options ?? {};
  const parsed = connector.options.safeParse(given, { error: issueWords });
  if (parsed.success) return { options: parsed.data, findings: [] };
  return { findings: explain(parsed.error.issues, given, connector.options, [...at, 'options']) };
}

/** A connector that maps `own` fields maps those of its site's content schema and no others. */
function checkOwn(
  options: unknown,
  fields: ContentSchema['fields'] | object | undefined,
  at: Path,
): Finding[] {
  const own = typeof options === 'object' && options !== null && 'own' in options ? options.own : undefined;
  if (typeof own !== 'object' || own === null) return [];
  const path = [...at, 'options', 'own'];
  if (fields === undefined) {
    const remedy =
      'thêm contentSchema: <tên> cho trang này, và khai báo kiểu các trường dưới contentSchemas.';
    return [
      { at: path, onKey: true, message: 'trang này không có contentSchema cho các trường riêng.', remedy },
    ];
  }
  const names = Object.keys(fields);
  return Object.keys(own).flatMap(field => {
    if (names.includes(field)) return [];
    const meant = nearest(field, names);
    const remedy = meant ? `ý bạn là ${meant}?` : `thêm ${field} vào contentSchema của trang này.`;
    return [
      { at: [...path, field], onKey: true, message: 'contentSchema của trang không có trường này.', remedy },
    ];
  });
}

function unknownConnector(id: string, connectors: readonly KnownConnector[], at: Path): Finding {
  const ids = connectors.map(connector => connector.id);
  const meant = nearest(id, ids);
  const remedy = meant ? `ý bạn là ${meant}?` : `chọn trong: ${ids.join(', ')}.`;
  return { at: [...at, 'connector'], message: `không có bộ kết nối ${id}.`, remedy };
}
