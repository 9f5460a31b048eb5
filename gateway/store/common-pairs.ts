/**
 * Syllables, folded, that stand in a large part of a ministry's news. A phrase of nothing but these (“của người lao động”)
 * would be looked for in most items one by one; so where two of them follow one another, the pair is indexed too.
 */
const COMMON = new Set(
  `an ba ban bao bien bo ca cac cai can cap chi chinh cho chu chung co con cong cua cuc cung da dan dang dao dau de den di
  dia dich dien dieu dinh do doan doanh doi don dong du dung duoc duong gia giai giam gian giao gioi giup ha hai ham hanh
  hien hiem hieu ho hoa hoach hoan hoat hoc hoi hop hung huong ke ket kha khac khai khi kho khoa khoan khong khu kiem kien
  kinh ky la lai lam lan lanh lao lap le len lien loai loi long luat luc luong luu ly ma mai minh mo moi mot muc nam nang
  nay nen ngay nghe nghi nghia nghiep ngoai ngoi ngu nguoi nguyen nha nhan nhap nhat nhiem nhieu nho nhu nhung nien no noi
  nong nu nuoc o ong pham phan phap phat phi phong phu phuc phuong qua quan quoc quy quyen quyet ra rang rat sach sai san
  sang sau se si sinh so song su sua tac tai tam tao tap tay te than thang thanh thao the thi thien thiep thiet thieu tho
  thoi thong thu thuan thuc thue thuong thuy tien tiep tiet tieu tim tin tinh to toan toi ton tong tra trach tri trien
  trinh tro trong tru truc trung truoc truong tu tuan tuc tui tuoi tuong tuyen uu va van vao ve vi viec vien viet vu vung
  xa xay xep xet xin xu xuat y yeu`.split(/\s+/),
);

/** Pairs share this many names: a wrong pair of the same name is only looked at in vain. */
const NAMES = 4096;

/** Names of the pairs of common syllables that follow one another in these words, each once. */
export function commonPairs(folded: readonly string[]): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let i = 1; i < folded.length; i += 1) {
    const [one = '', other = ''] = [folded[i - 1], folded[i]];
    if (COMMON.has(one) && COMMON.has(other)) pairs.add(nameOf(`${one} ${other}`));
  }
  return pairs;
}

/** FNV-1a: small, and the same for ever, because it stands in stores. */
function nameOf(pair: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < pair.length; i += 1) hash = Math.imul(hash ^ pair.charCodeAt(i), 0x01000193);
  return (((hash >>> 16) ^ hash) & (NAMES - 1)).toString(36);
}
