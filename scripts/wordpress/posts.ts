import type { WordPress } from './start.ts';

/** What a newsroom of a unit publishes, and what people get wrong while publishing it: 300 posts, seeded in one go. */
export interface Seeded {
  readonly open: readonly number[];
  readonly untitled: readonly number[];
  readonly long: readonly number[];
  readonly scripted: readonly number[];
  readonly closed: {
    readonly protected: number;
    readonly future: number;
    readonly private: number;
    readonly draft: number;
  };
}

/** Every title begins with its number, so that none can stand for another. */
export async function seed(site: WordPress, count = 300): Promise<Seeded> {
  const { open, closed } = (await site.php(SEED, {
    posts: Array.from({ length: count }, (_, n) => toPost(n)),
  })) as {
    open: number[];
    closed: Seeded['closed'];
  };
  const every = (step: number, from: number) => open.filter((_, n) => n % step === from);
  return { open, closed, untitled: every(50, 49), long: every(60, 58), scripted: every(40, 39) };
}

const SUBJECTS = [
  'Lãi suất vay vốn <5% & thêm 12.000 việc làm',
  'Bảo hiểm thất nghiệp: mức đóng mới từ 1/7',
  'Đào tạo nghề cho “lao động nông thôn”',
  'An toàn, vệ sinh lao động – số vụ giảm 15%',
  'Xuất khẩu lao động sang Nhật Bản, Hàn Quốc',
  'Người có công: chi trả trước Tết Nguyên đán',
  'Phòng, chống tệ nạn xã hội ở quận Hoàn Kiếm',
] as const;

const SCRIPTED =
  '<script>alert("x")</script><p onclick="alert(1)">Nội dung có mã</p><img src=x onerror=alert(1)>' +
  '<a href="javascript:alert(1)">bấm</a><iframe src="//evil.example/"></iframe><style>body{display:none}</style>';

function toPost(n: number): Record<string, string> {
  const subject = SUBJECTS[n % SUBJECTS.length] ?? '';
  const long = `${n}. ${'Thông báo kết luận của lãnh đạo Bộ '.repeat(20)}`.slice(0, 499);
  const title = n % 50 === 49 ? '' : n % 60 === 58 ? `${long}.` : `${n}. ${subject}`;
  const body = `<p>Hà Nội, tin số ${n}: ${subject.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}.</p>`;
  return {
    title,
    content: n % 40 === 39 ? `${SCRIPTED}${body}` : body,
    // Seconds before now, an hour apart; some share a second, as after an import.
    age: String(3600 * (1 + ((300 - n) % 250))),
    slug: `tin-so-${n}`,
  };
}

const SEED = `
  kses_remove_filters();
  $category = wp_create_category('Việc làm & tiền lương');
  $now = time();
  $insert = function ($post) { return wp_insert_post(wp_slash($post), true); };
  $open = [];
  foreach ($args['posts'] as $n => $one) {
    $at = gmdate('Y-m-d H:i:s', $now - (int) $one['age']);
    $open[] = $insert([
      'post_title' => $one['title'], 'post_content' => $one['content'], 'post_name' => $one['slug'],
      'post_status' => 'publish', 'post_date_gmt' => $at, 'post_date' => get_date_from_gmt($at),
      'post_category' => [$category], 'tags_input' => ['việc làm', 'tin số ' . ($n % 9)],
    ]);
  }
  $soon = gmdate('Y-m-d H:i:s', $now + 3600);
  $future = $insert(['post_title' => 'Hẹn giờ', 'post_content' => 'x', 'post_status' => 'draft']);
  wp_update_post(['ID' => $future, 'post_status' => 'future', 'edit_date' => true, 'post_date_gmt' => $soon, 'post_date' => get_date_from_gmt($soon)]);
  return ['open' => $open, 'closed' => [
    'protected' => $insert(['post_title' => 'Có mật khẩu', 'post_content' => 'Bí mật', 'post_password' => 'x', 'post_status' => 'publish']),
    'future' => $future,
    'private' => $insert(['post_title' => 'Riêng tư', 'post_content' => 'x', 'post_status' => 'private']),
    'draft' => $insert(['post_title' => 'Nháp', 'post_content' => 'x', 'post_status' => 'draft']),
  ]];
`;
