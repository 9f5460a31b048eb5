import { fold } from '../fold.ts';

/**
 * Beginnings, folded, of sentences that say nothing of the news: state headings, legal grounds, contact lines, credits
 * and invitations. Ministries' notices share them, and whoever re-posts puts its own around a text.
 */
const OPENINGS = new RegExp(
  `^(?:${[
    'cong hoa xa hoi chu nghia',
    'doc lap tu do hanh phuc',
    'can cu ',
    'noi nhan',
    'kinh gui',
    'tran trong',
    'xin tran trong',
    '(?:moi )?(?:thong tin|chi tiet)(?: chi tiet)? (?:xin )?(?:vui long )?lien he',
    '(?:moi )?chi tiet (?:xin )?(?:vui long )?(?:xem|lien he|truy cap)',
    'lien he',
    'dia chi',
    '(?:so )?dien thoai',
    'duong day nong',
    'hotline',
    'email',
    'website',
    'fax',
    'nguon ',
    'anh ',
    'anh minh hoa',
    'video ',
    'tac gia ',
    'theo doi (?:chung toi|fanpage|trang|kenh|zalo)',
    'moi (?:ban doc|quy vi|ba con|nguoi dan|doc gia|cac ban) (?:xem|theo doi|don doc|lien he|truy cap|bam)',
    'xem (?:them|tiep)',
    'doc (?:them|tiep)',
    'tin (?:lien quan|khac|cung chuyen muc)',
    'bai (?:lien quan|viet lien quan)',
    'ban quyen',
    'tat ca ban quyen',
    'chia se (?:bai viet|len)',
    'tu khoa',
    'quet ma qr',
  ].join('|')})`,
);
/** A contact line is short; what is longer and begins so may be the news itself. */
const LONGEST = 45;

/** The sentences of a text that can tell whose it is. */
export function tellingSentences(text: string): string[] {
  return text.split(/(?<=[.!?…;])\s+|\n+/u).filter(sentence => !isBoilerplate(sentence));
}

function isBoilerplate(sentence: string): boolean {
  const plain = fold(sentence.slice(0, 80))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return OPENINGS.test(plain) && sentence.split(/\s+/).length <= LONGEST;
}
