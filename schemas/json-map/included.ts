import { isRecord, type Json } from './json-path.ts';

/** A picture is a medium's file: two steps away. */
const DEPTH = 2;

/**
 * JSON:API keeps what an item refers to beside the items ("compound documents", jsonapi.org 1.1): each reference
 * `{ type, id }` under `relationships.<name>.data` becomes the resource it names, so that a path leads there. Any other
 * document comes back as it is.
 */
export function withIncluded(document: Json): Json {
  if (!isRecord(document) || !Array.isArray(document.included)) return document;
  const resources = new Map<string, Json>();
  for (const resource of document.included) {
    const name = nameOf(resource);
    if (name !== undefined) resources.set(name, resource);
  }
  const joined = (resource: Json, depth: number): Json => {
    if (!isRecord(resource) || !isRecord(resource.relationships) || depth === 0) return resource;
    const relationships = Object.fromEntries(
      Object.entries(resource.relationships).map(([name, relationship]) => [
        name,
        isRecord(relationship)
          ? { ...relationship, data: told(relationship.data ?? null, depth) }
          : relationship,
      ]),
    );
    return { ...resource, relationships };
  };
  const told = (reference: Json, depth: number): Json => {
    if (Array.isArray(reference)) return reference.map(one => told(one, depth));
    const resource = resources.get(nameOf(reference) ?? '');
    return resource === undefined ? reference : joined(resource, depth - 1);
  };
  const { data = null } = document;
  const items = Array.isArray(data) ? data.map(item => joined(item, DEPTH)) : joined(data, DEPTH);
  return { ...document, data: items };
}

function nameOf(resource: Json): string | undefined {
  return isRecord(resource) && typeof resource.type === 'string' && typeof resource.id === 'string'
    ? `${resource.type} ${resource.id}`
    : undefined;
}
