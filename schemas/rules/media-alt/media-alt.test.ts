import { describeRule } from '../rule.conformance.ts';
import { mediumOf } from '../subject.example.ts';
import { mediaAlt } from './index.ts';

describeRule(mediaAlt, {
  accept: [
    ['words', mediumOf({ alt: 'Bộ trưởng phát biểu tại hội nghị' }), {}],
    ['a caption', mediumOf({ caption: 'Quang cảnh hội nghị' }), {}],
    ['an ornament', mediumOf({ decorative: true }), {}],
  ],
  reject: [
    ['none', mediumOf({}), {}, ['media[0].alt']],
    ['a file name', mediumOf({ alt: 'IMG_2031.jpg' }), {}, ['media[0].alt']],
  ],
});
