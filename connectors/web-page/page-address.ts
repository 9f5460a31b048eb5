import type { Paging } from './options.ts';

/** Address of the list's page by number: 0 is the list itself. Undefined: the page itself has to say. */
export function pageAddress(list: string, paging: Paging | undefined, index: number): string | undefined {
  if (index === 0) return list;
  if (paging === undefined || paging.kind === 'next') return undefined;
  const number = String(paging.first + index * paging.step);
  if (paging.kind === 'address') return paging.address.replaceAll('{page}', number);
  const url = new URL(list);
  url.searchParams.set(paging.param, number);
  return url.href;
}
