import { CodedError } from '../../schemas/errors.ts';

const LONGEST = 2_000;

/** What a person types for a site: `viec-lam.gov.vn` means https. Throws BAD_INPUT. */
export function readAddress(written: string | undefined): URL {
  const text = written?.trim() ?? '';
  if (text === '' || text.length > LONGEST || /\s/.test(text)) throw bad();
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') throw bad();
  const url = URL.parse(scheme === undefined ? `https://${text.replace(/^\/\//, '')}` : text);
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') throw bad();
  // A word alone is no address of the Internet; what stands in brackets or has a port was meant as one.
  if (scheme === undefined && !/[.:[]/.test(url.host)) throw bad();
  url.hash = '';
  return url;
}

function bad(): CodedError {
  return new CodedError('BAD_INPUT', 'url must be an http(s) address of a site, a page or a feed.', {
    data: {
      vi: 'Cần địa chỉ http(s) của một trang, một bài hoặc một luồng tin, không kèm mật khẩu.',
    },
  });
}
