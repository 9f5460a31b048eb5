import { isLeafType, isObjectType } from 'graphql';
import { OWN_KEY } from '../../schemas/subschemas/own.ts';
import type { Subschema } from '../graph/subschema.ts';

const MOST_FIELDS = 5;

/** The examples for this graph: first all kinds of site at once, then one site asked live, where one can be. */
export function playgroundExamples(subschemas: readonly Subschema[]): readonly string[] {
  const [first = '', ...rest] = PLAYGROUND_EXAMPLES;
  return [first, ...subschemas.flatMap(part => liveExample(part) ?? []).slice(0, 1), ...rest];
}

function liveExample({ schema, live, sites: [site = ''] }: Subschema): string | undefined {
  const type = live && schema.getType(live.type);
  if (!isObjectType(type)) return undefined;
  const leaves = Object.values(type.getFields()).filter(
    field => field.name !== OWN_KEY && isLeafType(field.type) && field.args.length === 0,
  );
  if (leaves.length === 0) return undefined;
  const names = leaves.slice(0, MOST_FIELDS).map(({ name }) => name);
  return `# Chào bạn! Tin lấy từ kho của cổng,
# còn các trường trong own được hỏi thẳng
# trang ${site} ngay lúc này. Bấm ▶ hai lần
# để thấy con số thay đổi.
query HoiThang {
  items(first: 5, filter: { sites: [${JSON.stringify(site)}] }) {
    nodes {
      title
      link
      published
      own {
        ... on ${type.name} { ${names.join(' ')} }
      }
    }
  }
}
`;
}

/** What the playground opens with, one tab each. Run by a test, so that they keep working. */
export const PLAYGROUND_EXAMPLES: readonly string[] = [
  `# Chào bạn! Một truy vấn hỏi cùng lúc
# cổng Bộ, trang đơn vị và báo;
# mỗi loại trang có trường riêng. Bấm ▶ để chạy.
query BaLoaiTrang {
  # Cổng của Bộ: chuyên mục, số hiệu văn bản
  congBo: items(first: 3, filter: { kinds: [PORTAL] }) {
    nodes {
      ...Tin
      portal { section documentNumber }
    }
  }
  # Trang đơn vị: mã cơ quan, Dublin Core
  donVi: items(first: 3, filter: { kinds: [UNIT] }) {
    nodes {
      ...Tin
      unit {
        agencyCode
        dublinCore { publisher date rights }
      }
    }
  }
  # Báo: cơ quan báo chí, thoả thuận, đính chính
  bao: items(first: 3, filter: { kinds: [PRESS] }) {
    nodes {
      ...Tin
      press {
        agency
        agreement { mode validUntil }
        correction { note }
      }
    }
  }
}

# Phần chung của mọi tin.
# link luôn dẫn về trang gốc.
fragment Tin on Item {
  id
  title
  link
  published
  site { name }
  attribution { text }
}
`,
  `# Tìm có dấu hay không dấu đều được:
# "bao hiem" thấy cả "bảo hiểm", BHXH thấy cả
# "bảo hiểm xã hội"; "trong ngoặc kép" là cả cụm.
# highlight: chỗ khớp; facets: khớp ở đâu, bao nhiêu.
query TimTin($tu: String! = "bao hiem") {
  search(query: $tu, first: 10) {
    edges {
      highlight { title content }
      node {
        title
        published
        site { name }
        picture { url alt }
      }
    }
    facets {
      counted
      sites { id title count }
      kinds { kind count }
      topics { id title count }
    }
    # Trang sau: thêm after: "<endCursor>"
    pageInfo { hasNextPage endCursor }
  }
}
`,
  `# Dòng thay đổi: đọc từ đầu, hoặc từ
# since: "<cursor>", để bản sao luôn đúng.
# PUT: hiện ra hoặc sửa.
# TOMBSTONE: đã rút, phải xoá bản sao.
query ThayDoi {
  changes(first: 20) {
    changes {
      kind
      id
      at
      reason
      replacedBy
      backfill
      item { title link }
    }
    cursor
    upToDate
  }
}
`,
  `# Ai tham gia, tin mới đến đâu,
# và mỗi phần của lược đồ do ai góp
query LienThong {
  sites {
    id
    name
    kind
    homepage
    itemCount
    freshness { checkedAt sourceState }
  }
  feeds { id title atom rss json }
  subschemas { id kind sites state }
}
`,
];
