import { expect, it } from '@jest/globals';
import { personOf } from './person.ts';

it.each([
  ['lan@bao.vn (Nguyễn Lan)', { name: 'Nguyễn Lan', email: 'lan@bao.vn' }],
  ['Nguyễn Lan <lan@bao.vn>', { name: 'Nguyễn Lan', email: 'lan@bao.vn' }],
  ['Đăng@tòasoạn.vn (Vũ Hải Đăng)', { name: 'Vũ Hải Đăng', email: 'Đăng@tòasoạn.vn' }],
  ['Trần Minh An', { name: 'Trần Minh An' }],
  ['  ', undefined],
])('reads %s', (written, person) => expect(personOf(written)).toEqual(person));
