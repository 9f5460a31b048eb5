/** The query of a request's address, repeated parameters kept, as the standard reads it. */
export function queryOf(address: string): URLSearchParams {
  const mark = address.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : address.slice(mark + 1));
}
