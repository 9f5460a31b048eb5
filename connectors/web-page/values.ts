import type { Known as KnownDate } from '../../schemas/dates/written.ts';
import type { ForeignMedia } from '../../schemas/entry.ts';
import { resolve } from '../../schemas/formats/resolve.ts';
import { isRecord, type Json, JsonPath } from '../../schemas/json-map/json-path.ts';
import { dateOf, mediumOf, peopleOf, textOf as textIn } from '../../schemas/json-map/values.ts';
import { type FoundDate, findDate } from '../../schemas/pages/find-date.ts';
import { pictureIn, standsForNone } from '../../schemas/pages/image.ts';
import { selectIn } from '../../schemas/pages/select.ts';
import { type Document, type Element, textOf } from '../../schemas/pages/tree.ts';
import type { Person } from '../../schemas/text.ts';
import type { Place } from './place.ts';
import { type Column, cellAt } from './table.ts';

/** Where places are looked up: a page, or one item of a list. */
export interface Scope {
  readonly root?: Document | Element;
  readonly base: string;
  /** The page's embedded data, or one item of it. Read when first asked for. */
  readonly data?: () => Json | undefined;
  /** The cells of a table's row. */
  readonly cells?: readonly Column[];
}

/** What a place leads to. */
export type Node =
  | { readonly element: Element; readonly place: Place }
  | { readonly json: Json; readonly place: Place };

const MOST = 50;

/** Nodes of the first place that leads to any; `auto` is for the caller to stop at. */
export function nodesAt(place: Place, scope: Scope, most = MOST): Node[] {
  if (place.kind === 'auto') return [];
  if (place.kind === 'value') return [{ json: place.value, place }];
  if (place.kind === 'path') {
    const data = scope.data?.();
    return data === undefined
      ? []
      : new JsonPath(place.path)
          .all(data)
          .slice(0, most)
          .map(json => ({ json, place }));
  }
  const root = place.kind === 'column' ? cellAt(scope.cells, place.column) : scope.root;
  if (root === undefined) return [];
  const elements =
    place.select === undefined || place.select === ':scope'
      ? 'name' in root
        ? [root as Element]
        : []
      : selectIn(root, place.select);
  return elements.slice(0, most).map(element => ({ element, place }));
}

/** The node's text: the attribute the place names, `content` of a meta, else what people read. */
export function textAt(node: Node): string | undefined {
  const text = 'json' in node ? scalar(node.json) : written(node.element, node.place);
  return matched(text?.trim(), node.place);
}

function scalar(json: Json): string | undefined {
  return textIn(isRecord(json) ? (json.name ?? json.title ?? json.rendered ?? json.value) : json);
}

function written(element: Element, place: Place): string | undefined {
  const attribute = 'attribute' in place ? place.attribute : undefined;
  if (attribute !== undefined) return element.attribs[attribute.toLowerCase()];
  if (element.name === 'meta') return element.attribs.content;
  if (element.name === 'input') return element.attribs.value;
  return textOf(element);
}

function matched(text: string | undefined, place: Place): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!('match' in place) || place.match === undefined) return text;
  const found = new RegExp(place.match, 'u').exec(text.slice(0, 5_000));
  return (found?.[1] ?? found?.[0])?.trim() || undefined;
}

export function addressAt(node: Node, base: string): string | undefined {
  if ('json' in node) return resolve(scalar(node.json), base);
  const { attribs } = node.element;
  const named = 'attribute' in node.place && node.place.attribute !== undefined;
  const text = named ? textAt(node) : (attribs.href ?? attribs['data-href'] ?? innerHref(node.element));
  return /^\s*(?:javascript|mailto|tel|data):/i.test(text ?? '') ? undefined : resolve(text, base);
}

function innerHref(element: Element): string | undefined {
  return selectIn(element, 'a[href]')[0]?.attribs.href;
}

export function dateAt(node: Node, known: KnownDate): FoundDate | undefined {
  if ('json' in node) {
    const text = dateOf(isRecord(node.json) ? scalar(node.json) : node.json);
    return text === undefined ? undefined : findDate(matched(text, node.place) ?? '', known);
  }
  const { name, attribs } = node.element;
  const exact =
    name === 'time' && !('attribute' in node.place && node.place.attribute !== undefined)
      ? attribs.datetime
      : undefined;
  return (exact === undefined ? undefined : findDate(exact, known)) ?? findDate(textAt(node) ?? '', known);
}

export function pictureAt(node: Node, base: string): ForeignMedia | undefined {
  if ('json' in node) return pictureOfJson(node.json, base);
  if ('attribute' in node.place && node.place.attribute !== undefined) {
    const url = resolve(textAt(node), base);
    return url === undefined || standsForNone(url) ? undefined : { url };
  }
  return pictureIn(node.element, base);
}

function pictureOfJson(json: Json, base: string): ForeignMedia | undefined {
  const found = mediumOf(Array.isArray(json) ? json[0] : json, base);
  return found === undefined || standsForNone(found.url) ? undefined : found;
}

export function peopleAt(nodes: readonly Node[], base: string): readonly Person[] {
  return nodes.flatMap(node => {
    if ('json' in node) return peopleOf([node.json], base);
    const name = textAt(node);
    return name === undefined || name.length > 200 ? [] : [{ name }];
  });
}
