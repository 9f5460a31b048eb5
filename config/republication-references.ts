import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import type { FederationFile } from './options.ts';

/** Agreements name press sites, exceptions name rules. */
export function checkRepublication(
  { sites, republication }: FederationFile,
  known: readonly { readonly id: string }[],
): Finding[] {
  const papers = sites.filter(({ kind }) => kind === 'press').map(({ id }) => id);
  const agreements = republication.agreements.flatMap(({ site }, index) =>
    papers.includes(site)
      ? []
      : [
          unknown(
            ['republication', 'agreements', index, 'site'],
            `không có trang báo chí ${site}.`,
            site,
            papers,
          ),
        ],
  );
  const rules = known.map(({ id }) => id);
  const exceptions = sites.flatMap((site, index) =>
    site.exceptions.flatMap(({ rule }, place) =>
      rules.includes(rule)
        ? []
        : [
            unknown(
              ['sites', index, 'exceptions', place, 'rule'],
              `không có quy tắc "${rule}".`,
              rule,
              rules,
            ),
          ],
    ),
  );
  return [...agreements, ...exceptions];
}

function unknown(
  at: readonly PropertyKey[],
  message: string,
  name: string,
  known: readonly string[],
): Finding {
  const meant = nearest(name, known);
  const list =
    known.length > 0
      ? `chọn trong: ${known.slice(0, 20).join(', ')}.`
      : 'khai báo một trang kind: press trước.';
  return { at, message, remedy: meant === undefined ? list : `ý bạn là ${meant}?` };
}
