import { z } from 'zod';
import { wordForms } from '../schemas/fold.ts';
import type { Vocabulary } from '../schemas/vocabulary.ts';
import { readDocument } from './document.ts';
import { explain, issueWords } from './explain.ts';
import { configInvalid, type Finding } from './fault.ts';

/** Words of one wording: longer ones are sentences, not terms. */
const MOST_WORDS = 10;

const vocabularySchema = z.strictObject({
  same: z.array(
    z.array(z.string().trim().min(1).max(100)).min(2, { error: 'mỗi nhóm cần ít nhất hai cách viết.' }),
  ),
});

/**
 * A vocabulary file: `same: [[BHXH, bảo hiểm xã hội], …]`. Throws CONFIG_INVALID with every fault at once: what is no
 * word, what is too long, and a wording that stands twice (accents and case don't tell wordings apart).
 */
export function readVocabulary({ text, path }: { readonly text: string; readonly path: string }): Vocabulary {
  const document = readDocument(text);
  if (document.faults.length > 0) throw configInvalid(path, document.faults);
  const parsed = vocabularySchema.safeParse(document.value, { error: issueWords });
  const findings = parsed.success
    ? wrongWordings(parsed.data.same)
    : explain(parsed.error.issues, document.value, vocabularySchema);
  if (findings.length > 0 || !parsed.success) throw configInvalid(path, findings.map(document.place));
  return parsed.data.same;
}

function wrongWordings(groups: Vocabulary): Finding[] {
  const known = new Set<string>();
  const findings: Finding[] = [];
  for (const [group, wordings] of groups.entries()) {
    for (const [place, wording] of wordings.entries()) {
      const at = ['same', group, place];
      const words = wordForms(wording);
      const folded = words.map(word => word.folded).join(' ');
      if (words.length === 0 || words.length > MOST_WORDS) {
        const message = `cần 1 đến ${MOST_WORDS} từ.`;
        findings.push({ at, message, remedy: 'viết lại, hoặc bỏ cách viết này.' });
      } else if (known.has(folded)) {
        const message = `“${wording}” đã có rồi (không kể hoa thường và dấu).`;
        findings.push({ at, message, remedy: 'gộp hai nhóm, hoặc bỏ một cách viết.' });
      }
      known.add(folded);
    }
  }
  return findings;
}
