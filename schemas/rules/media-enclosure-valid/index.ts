import { found } from '../found.ts';
import { defineRule } from '../rule.ts';

/** An enclosure tells its length and type, and tells them right. */
export const mediaEnclosureValid = defineRule({
  id: 'media-enclosure-valid',
  number: 46,
  scope: 'media',
  title: { vi: 'Tệp đính kèm khai đúng', en: 'Enclosures are declared right' },
  severity: 'should',
  consequence: 'score',
  appliesTo: { kinds: ['portal', 'unit', 'press'], gateway: false },
  clauses: [
    { cite: 'W3C feed validator: DuplicateEnclosure', basis: 'I', confidence: 'V' },
    { cite: 'RSS Best Practices Profile', basis: 'I', confidence: 'S' },
  ],
  remedy: {
    vi: 'Khai báo đúng dung lượng, kiểu tệp; mỗi tin một enclosure.',
    en: 'Declare right length and type; one enclosure per item.',
  },
  example: '<enclosure url="https://…/57695.jpg" length="184320" type="image/jpeg"/>',

  parameters: {},
  needs: [],
  uses: ['entry', 'mediaSight'],
  check({ medium }, { entry, mediaSight }) {
    const enclosures = (entry?.media ?? []).filter(({ role }) => role === 'enclosure');
    const mine = enclosures.find(({ url }) => url === medium.url);
    if (entry === undefined) return 'unknown';
    if (mine === undefined) return [];
    const { at } = medium;
    const findings = [];
    if (enclosures.length > 1 && enclosures[0] === mine)
      findings.push(
        found(at, 'Một tin có hơn một enclosure.', 'One item has more than one enclosure.', {
          data: { enclosures: enclosures.length },
        }),
      );
    if (!mine.length)
      findings.push(
        found(`${at}.length`, 'Enclosure không khai dung lượng.', 'The enclosure declares no length.'),
      );
    else if (
      mediaSight?.length !== undefined &&
      Math.abs(mediaSight.length - mine.length) > mediaSight.length * 0.01
    )
      findings.push(
        found(
          `${at}.length`,
          'Dung lượng khai lệch thực tế quá 1 %.',
          'The declared length is off by more than 1 %.',
        ),
      );
    if (mine.type === undefined)
      findings.push(found(`${at}.type`, 'Enclosure không khai kiểu tệp.', 'The enclosure declares no type.'));
    else if (
      mediaSight?.type !== undefined &&
      mediaSight.type.split(';')[0]?.trim().toLowerCase() !== mine.type.toLowerCase()
    )
      findings.push(
        found(`${at}.type`, 'Kiểu tệp khai khác thực tế.', 'The declared type is not the real one.'),
      );
    return findings;
  },
});
