import { describe, expect, it } from '@jest/globals';
import { inRange, parseIp, parseRange } from './ip.ts';

describe('an address', () => {
  it.each([
    ['0.0.0.0', 32, 0n],
    ['127.0.0.1', 32, 0x7f000001n],
    ['255.255.255.255', 32, 0xffffffffn],
    ['::', 128, 0n],
    ['::1', 128, 1n],
    ['[::1]', 128, 1n],
    ['fe80::1%eth0', 128, (0xfe80n << 112n) + 1n],
    ['2001:db8::8:800:200c:417a', 128, 0x20010db80000000000080800200c417an],
    ['1:2:3:4:5:6:7:8', 128, 0x00010002000300040005000600070008n],
    ['64:ff9b::192.0.2.33', 128, (0x64n << 112n) + (0xff9bn << 96n) + 0xc0000221n],
    ['::ffff:127.0.0.1', 32, 0x7f000001n],
    ['::FFFF:7f00:1', 32, 0x7f000001n],
    ['0:0:0:0:0:ffff:10.0.0.1', 32, 0x0a000001n],
    ['::127.0.0.1', 128, 0x7f000001n],
  ])('%s', (text, bits, value) => {
    expect(parseIp(text)).toEqual({ bits, value });
  });

  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '0x7f.1',
    ':::',
    '1::2::3',
    '12345::',
    '[]',
  ])('%s is none', text => {
    expect(parseIp(text)).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['10.0.0.0/8', '10.255.1.2', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.1.2.3/8', '10.9.9.9', true],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '::1', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['127.0.0.0/8', '::ffff:127.9.9.9', true],
    ['::ffff:10.0.0.0/104', '10.1.1.1', true],
    ['::1/128', '::1', true],
    ['fc00::/7', 'fdff::1', true],
    ['fc00::/7', 'fe00::1', false],
    ['::/0', '2001:db8::1', true],
  ])('%s, %s: %s', (range, address, expected) => {
    const parsed = parseRange(range);
    const ip = parseIp(address);
    expect(parsed && ip && inRange(ip, parsed)).toBe(expected);
  });

  it.each([
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10/8',
    'a/8',
    '::ffff:10.0.0.0/8',
  ])('%s is none', text => {
    expect(parseRange(text)).toBeUndefined();
  });
});
