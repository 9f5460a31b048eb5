import { isRecord, type Json } from './json-path.ts';
import { textOf } from './values.ts';

const PLACE = /\{([^{}]{1,200})\}/g;

/** `https://site.example/tin/{slug}` over an item; undefined when a value is missing. `{a.b}` goes inside. */
export function fillTemplate(template: string, item: Json): string | undefined {
  let complete = true;
  const filled = template.replace(PLACE, (_whole, name: string) => {
    const value = textOf(valueAt(item, name.trim()));
    if (value === undefined) complete = false;
    // A slug may be a path of several steps; everything else in it is a value, never a part of the address.
    return encodeURIComponent(value ?? '').replaceAll('%2F', '/');
  });
  return complete && URL.canParse(filled) ? new URL(filled).href : undefined;
}

/** The names that a template asks for. */
export function placesOf(template: string): readonly string[] {
  return [...template.matchAll(PLACE)].map(([, name = '']) => name.trim());
}

export function valueAt(item: Json, name: string): Json | undefined {
  let value: Json | undefined = item;
  for (const step of name.split('.')) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}
