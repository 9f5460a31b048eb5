import { describe, expect, it } from '@jest/globals';
import { createAddressGuard } from './addresses.ts';

const closed = createAddressGuard([]);

describe('an address that is refused to everybody', () => {
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::8.8.8.8',
    '100::1',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:808:808::1',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'not-an-address',
    '',
  ])('%s', address => {
    expect(closed.permits('example.org', 80, address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '113.160.0.1',
    '192.167.1.1',
    '223.255.255.1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2001:4860:4860::8888',
    '2405:4800::1',
    '2606:4700::1111',
  ])('%s is not', address => {
    expect(closed.permits('example.org', 80, address)).toBe(true);
  });
});

describe('an address in whatever way it is written', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0177.0x0.0.01/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://127.0.0.1:8080/',
    'http://0/',
    'http://0.0.0.0/',
    'http://00000000000000000000177.1/',
    'http://%31%32%37.0.0.1/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[::127.0.0.1]/',
    'http://user:pass@127.0.0.1/',
    'http://example.org@127.0.0.1/',
    'https://169.254.169.254/latest/',
    'http://[fe80::1]/',
    'http://2852039166/',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1\\',
    'http://\t127.0.0.1/',
    'HTTP://0X7F.0.0.1/',
  ])('%s', address => {
    const url = URL.parse(address);
    expect(url).not.toBeNull();
    expect(() => closed.checkUrl(url as URL)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });

  it.each([
    'http://example.org/',
    'https://example.org:8443/x',
    'http://8.8.8.8/',
    'http://[2001:4860:4860::8888]/',
  ])('%s may be asked', address => {
    expect(() => closed.checkUrl(new URL(address))).not.toThrow();
  });

  it.each([
    ['file:///etc/passwd', 'scheme'],
    ['ftp://example.org/', 'scheme'],
    ['gopher://example.org/', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['ws://example.org/', 'scheme'],
    ['http://example.org:22/', 'port'],
    ['http://example.org:25/', 'port'],
    ['https://example.org:6379/', 'port'],
    ['http://example.org:11211/', 'port'],
    ['http://example.org:0/', 'port'],
    ['http://10.0.0.1/', 'address'],
  ])('%s: %s', (address, reason) => {
    expect(() => closed.checkUrl(new URL(address))).toThrow(
      expect.objectContaining({ code: 'ADDRESS_REFUSED', data: expect.objectContaining({ reason }) }),
    );
  });
});

describe('what an operator allows', () => {
  it.each([
    [['127.0.0.0/8'], 'http://127.0.0.1:4100/', true],
    [['127.0.0.0/8'], 'http://[::ffff:127.0.0.1]/', true],
    [['127.0.0.0/8'], 'http://[::1]/', false],
    [['127.0.0.0/8'], 'http://10.0.0.1/', false],
    [['127.0.0.0/8'], 'http://127.0.0.1:22/', false],
    [['10.1.2.3'], 'http://10.1.2.3/', true],
    [['10.1.2.3'], 'http://10.1.2.4/', false],
    [['::1'], 'http://[::1]:8080/', true],
    [['[::1]:8080'], 'http://[::1]:8080/', true],
    [['[::1]:8080'], 'http://[::1]:8081/', false],
    [['fd00::/8'], 'http://[fd12::1]/', true],
    [['127.0.0.1:4100'], 'http://127.0.0.1:4100/', true],
    [['127.0.0.1:4100'], 'http://127.0.0.1:4101/', false],
    [['127.0.0.1:80'], 'http://127.0.0.1/', true],
    [['127.0.0.1:443'], 'https://2130706433/', true],
    [['127.0.0.1:6379'], 'http://127.0.0.1:6379/', true],
  ])('%j, %s: %s', (allow, address, expected) => {
    const ask = () => createAddressGuard(allow).checkUrl(new URL(address));
    if (expected) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });

  it('a name with its port may resolve to anything; another port or name may not', () => {
    const guard = createAddressGuard(['CMS.intra.gov.vn:8080', 'báo.vn:80']);
    expect(guard.permits('cms.intra.gov.vn', 8080, '10.0.0.7')).toBe(true);
    expect(guard.permits('cms.intra.gov.vn.', 8080, '10.0.0.7')).toBe(true);
    expect(guard.permits('cms.intra.gov.vn', 80, '10.0.0.7')).toBe(false);
    expect(guard.permits('evil.example', 8080, '10.0.0.7')).toBe(false);
    expect(guard.permits(new URL('http://báo.vn/').hostname, 80, '10.0.0.7')).toBe(true);
  });

  it('an address with its port permits names that resolve to it', () => {
    const guard = createAddressGuard(['127.0.0.1:4100']);
    expect(guard.permits('localhost', 4100, '127.0.0.1')).toBe(true);
    expect(guard.permits('localhost', 4101, '127.0.0.1')).toBe(false);
  });

  it.each([
    '',
    'localhost',
    '10.0.0.0/40',
    'http://10.0.0.1:80',
    'a b:80',
    '10.0.0.1:99999',
    'user@host:80',
    'host:80/path',
    'host:0',
  ])('%j is refused with its name', entry => {
    expect(() => createAddressGuard([entry])).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', data: expect.objectContaining({ entry }) }),
    );
  });
});

describe('a fuzz of private addresses', () => {
  const write = [
    (b: number[]) => b.join('.'),
    (b: number[]) => b.map(n => `0x${n.toString(16)}`).join('.'),
    (b: number[]) => b.map(n => `0${n.toString(8)}`).join('.'),
    (b: number[]) => String(b.reduce((all, n) => all * 256 + n, 0)),
    (b: number[]) => `0x${b.map(n => n.toString(16).padStart(2, '0')).join('')}`,
    (b: number[]) => `${b[0]}.${b.slice(1).reduce((all, n) => all * 256 + n, 0)}`,
    (b: number[]) => `${b[0]}.0x${b[1]?.toString(16)}.0${((b[2] ?? 0) * 256 + (b[3] ?? 0)).toString(8)}`,
    (b: number[]) => `${b.join('.')}.`,
    (b: number[]) => `[::ffff:${b.join('.')}]`,
    (b: number[]) => `[0:0:0:0:0:FFFF:${hex(b)}]`,
    (b: number[]) => `[64:ff9b::${b.join('.')}]`,
    (b: number[]) => `[2002:${hex(b)}::1]`,
    (b: number[]) => `[::${b.join('.')}]`,
    (b: number[]) => `u:p@${b.join('%2E')}`,
    (b: number[]) =>
      b.map(n => [...String(n)].map(d => String.fromCodePoint(0xff10 + Number(d))).join('')).join('．'),
  ];
  const hex = ([a = 0, b = 0, c = 0, d = 0]: number[]) =>
    `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const heads: readonly number[][] = [
    [127],
    [10],
    [192, 168],
    [172, 16],
    [169, 254],
    [100, 64],
    [0],
    [224],
    [255],
  ];

  it('finds no spelling that passes', () => {
    let seed = 20_261_123;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const passed: string[] = [];
    let refused = 0;
    for (let round = 0; round < 3_000; round += 1) {
      const head = heads[next(heads.length)] ?? [127];
      const bytes = [...head, next(256), next(256), next(256)].slice(0, 4);
      const spelt = write[round % write.length]?.(bytes) ?? '';
      const url = URL.parse(`http://${spelt}:8080/`);
      if (url === null) continue;
      try {
        closed.checkUrl(url);
        passed.push(spelt);
      } catch {
        refused += 1;
      }
    }
    expect(passed).toEqual([]);
    expect(refused).toBeGreaterThan(2_500);
  });
});
