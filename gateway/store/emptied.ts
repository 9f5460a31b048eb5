import type { Item } from '../../schemas/item.ts';

/** What remains of an erased item: who it was, never what it said. */
export function emptied(item: Item): Omit<Item, 'n'> {
  const {
    n: _n,
    picture: _picture,
    own: _own,
    origin: _origin,
    rights: _rights,
    releaseAt: _releaseAt,
    sourceHash: _sourceHash,
    ...rest
  } = item;
  return {
    ...rest,
    visibility: 'WITHDRAWN',
    link: '',
    title: '',
    summary: '',
    content: '',
    contentText: '',
    authors: [],
    categories: [],
    topics: [],
    media: [],
    attribution: { text: '', agency: '', authors: [], link: '' },
    hash: '',
  };
}
