/** Words that make a query parameter a secret: `?access_token=`, `?X-Amz-Signature=`, `?apiKey=`. */
const SECRET_WORDS = new Set([
  'token',
  'key',
  'apikey',
  'sig',
  'sign',
  'signature',
  'password',
  'passwd',
  'passwort',
  'pass',
  'pwd',
  'secret',
  'auth',
  'authorization',
  'credential',
  'credentials',
  'session',
  'sessionid',
  'sid',
  'jwt',
  'bearer',
  'code',
  'otp',
]);
const LONGEST = 2_000;

/** The address as it may be written down: no userinfo, no fragment, secrets in the query as `***`. */
export function shownUrl(address: string | URL): string {
  const url = URL.parse(String(address));
  if (!url) return 'invalid:';
  url.username = '';
  url.password = '';
  url.hash = '';
  if (url.search !== '') url.search = shownQuery(url.search.slice(1, LONGEST));
  return url.href.slice(0, LONGEST);
}

function shownQuery(query: string): string {
  return query
    .split('&')
    .map(pair => {
      const at = pair.indexOf('=');
      if (at < 0) return pair;
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      return `${name}=${isSecret(name) ? '***' : shownValue(value)}`;
    })
    .join('&');
}

/** An address inside an address may carry a password too. */
function shownValue(value: string): string {
  const inner = decode(value);
  return /^https?:/i.test(inner) && inner.includes('@') ? encodeURIComponent(shownUrl(inner)) : value;
}

function isSecret(name: string): boolean {
  const words = decode(name)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return (
    words.some(word => SECRET_WORDS.has(word)) ||
    /(?:token|secret|password|apikey|signature)$/.test(words.join(''))
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
