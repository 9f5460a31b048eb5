/** Sizes that image servers write into addresses: `-300x200`, `/thumb_w/640/`, `?w=480`, `_thumb`. */
const IN_NAME = /[-_]\d{2,4}x\d{2,4}(?=\.[a-z]{3,4}$)/i;
const IN_PATH =
  /\/(?:thumb_[wh]|zoom|thumb|resize|crop|w\d{2,4}|\d{2,4}x\d{2,4})(?:\/\d{1,4}(?:[x_]\d{1,4})?)?(?=\/)/i;
const IN_QUERY = /^(?:w|h|width|height|size|resize|fit|crop|quality|q|dpr|ssl|strip)=/i;

/** One key for all sizes of a picture, so that a thumbnail and its original are not two. */
export function pictureKey(address: string): string {
  const url = URL.parse(address);
  if (!url) return address;
  const path = url.pathname
    .replace(IN_NAME, '')
    .replace(/-scaled(?=\.[a-z]{3,4}$)/i, '')
    .replace(IN_PATH, '');
  const query = url.search
    .slice(1)
    .split('&')
    .filter(one => one !== '' && !IN_QUERY.test(one));
  return `${url.host}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}
