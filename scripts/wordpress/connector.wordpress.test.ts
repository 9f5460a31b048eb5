import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorld, type World } from '../../connectors/wordpress/test-world.ts';
import { type Seeded, seed } from './posts.ts';
import { startWordPress, type WordPress } from './start.ts';

let site: WordPress;
let posts: Seeded;
let world: World;

beforeAll(async () => {
  site = await startWordPress();
  await site.php('wp_delete_post(1, true) && wp_delete_post(2, true)');
  posts = await seed(site);
  world = createWorld({ url: site.url });
}, 300_000);

afterAll(async () => site?.stop(), 60_000);

const PICTURED = `
  $image = imagecreatetruecolor(64, 36);
  ob_start();
  imagepng($image);
  $file = wp_upload_bits('san-viec-lam.png', null, ob_get_clean());
  $picture = wp_insert_attachment(['post_title' => 'Sàn', 'post_excerpt' => 'Ảnh: <em>TTXVN</em>', 'post_mime_type' => 'image/png'], $file['file']);
  $meta = wp_generate_attachment_metadata($picture, $file['file']);
  $meta['image_meta']['credit'] = 'Lê An';
  wp_update_attachment_metadata($picture, $meta);
  update_post_meta($picture, '_wp_attachment_image_alt', 'Sàn việc làm & tuyển dụng');
  $post = wp_insert_post(['post_title' => 'Sàn việc làm', 'post_content' => 'x', 'post_status' => 'publish']);
  set_post_thumbnail($post, $picture);
  return $post;
`;

const nameOf = (id: number) => `post:${id}`;
const at = (list: readonly number[], n: number) => list[n] ?? 0;

describe('the connector on a real WordPress', () => {
  it('gives each of 300 posts once, and none that is not public', async () => {
    const { entries, requests } = await world.harvest();
    expect(entries.map(({ sourceId }) => sourceId).sort()).toEqual(posts.open.map(nameOf).sort());
    // Home page, API root, 3 pages of posts with authors, categories and tags once each, 3 pages of ids.
    expect(requests.length).toBeLessThan(16);
  });

  it('decodes titles once, leaves the untitled without, and the long ones whole', async () => {
    const titles = posts.open.map(id => world.held.get(nameOf(id))?.title?.value);
    expect(titles[0]).toBe('0. Lãi suất vay vốn <5% & thêm 12.000 việc làm');
    expect(titles[2]).toBe('2. Đào tạo nghề cho “lao động nông thôn”');
    expect(posts.untitled.map(id => world.held.get(nameOf(id))?.title)).toEqual(
      posts.untitled.map(() => undefined),
    );
    expect(posts.long.map(id => world.held.get(nameOf(id))?.title?.value.length)).toEqual([
      500, 500, 500, 500, 500,
    ]);
  });

  it('gives what a post’s ids stand for, and dates in UTC', () => {
    const entry = world.held.get(nameOf(at(posts.open, 0)));
    expect(entry).toMatchObject({
      authors: [{ name: 'bientap' }],
      link: expect.stringMatching(/\/tin-so-0\/$/),
      published: expect.stringMatching(/Z$/),
      own: { type: 'WordPressPost', fields: { postId: posts.open[0], postType: 'post', slug: 'tin-so-0' } },
    });
    expect([...(entry?.categories ?? [])].sort()).toEqual(
      ['Việc làm & tiền lương', 'tin số 0', 'việc làm'].sort(),
    );
    const age = Date.now() - Date.parse(entry?.published ?? '');
    expect(age).toBeGreaterThan(0);
  });

  it('asks twice and gives nothing when nothing has changed', async () => {
    const { entries, deletions, requests } = await world.harvest();
    expect([entries, deletions]).toEqual([[], []]);
    expect(requests).toHaveLength(2);
  });

  it('follows edits and changed slugs', async () => {
    const [edited, moved] = [at(posts.open, 5), at(posts.open, 120)];
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_title' => 'Đã sửa'])`, { id: edited });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_name' => 'duong-dan-moi'])`, { id: moved });
    const { entries, deletions } = await world.harvest();
    expect(entries.map(({ sourceId }) => sourceId).sort()).toEqual([edited, moved].map(nameOf).sort());
    expect(deletions).toEqual([]);
    expect(world.held.get(nameOf(edited))?.title?.value).toBe('Đã sửa');
    expect(world.held.get(nameOf(moved))?.link).toMatch(/\/duong-dan-moi\/$/);
  });

  it('takes back what is trashed, deleted, made private, made a draft, or given a password', async () => {
    const newest = posts.open.slice(-5);
    const [trashed, deleted, hidden, draft, closed] = newest;
    await site.php(`wp_trash_post($args['id'])`, { id: trashed });
    await site.php(`wp_delete_post($args['id'], true)`, { id: deleted });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_status' => 'private'])`, { id: hidden });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_status' => 'draft'])`, { id: draft });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_password' => 'x'])`, { id: closed });
    const { entries } = await world.harvest();
    expect(entries).toEqual([]);
    expect(newest.filter(id => world.held.has(nameOf(id)))).toEqual([]);
    expect(world.held.size).toBe(295);
  });

  it('gives them again when they come back', async () => {
    const [trashed, , hidden, draft, closed] = posts.open.slice(-5);
    await site.php(`wp_untrash_post($args['id']); wp_publish_post($args['id']); return true;`, {
      id: trashed,
    });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_status' => 'publish'])`, { id: hidden });
    await site.php(`wp_publish_post($args['id']); return true;`, { id: draft });
    await site.php(`wp_update_post(['ID' => $args['id'], 'post_password' => ''])`, { id: closed });
    await world.harvest();
    expect(world.held.size).toBe(299);
  });

  it('sees a scheduled post come out, whose modification time doesn’t move', async () => {
    await site.php(
      `global $wpdb;
       $at = gmdate('Y-m-d H:i:s', time() - 60);
       $wpdb->update($wpdb->posts, ['post_date_gmt' => $at, 'post_date' => get_date_from_gmt($at)], ['ID' => $args['id']]);
       clean_post_cache($args['id']);
       wp_publish_post($args['id']);
       return true;`,
      { id: posts.closed.future },
    );
    await world.harvest();
    expect(world.held.has(nameOf(posts.closed.future))).toBe(true);
  });

  it('sees an old post go when all ids are compared', async () => {
    const old = at(posts.open, 1);
    await site.php(`wp_trash_post($args['id'])`, { id: old });
    await world.harvest();
    world.now += 6 * 3600_000;
    await world.harvest();
    expect(world.held.has(nameOf(old))).toBe(false);
    expect(world.held.size).toBe(299);
  });

  it('gives pages too, when asked for', async () => {
    const id = await site.php(
      `wp_insert_post(['post_type' => 'page', 'post_title' => 'Giới thiệu', 'post_status' => 'publish'])`,
    );
    const both = createWorld({ url: site.url, types: ['posts', 'pages'] });
    await both.harvest();
    expect(both.held.size).toBe(300);
    expect(both.held.get(`post:${id}`)?.own?.fields).toMatchObject({ postType: 'page' });
    const again = await both.harvest();
    expect(again.entries).toEqual([]);
  });

  it('reads from the date wanted on', async () => {
    const since = Date.now() - 24 * 3600_000;
    const recent = createWorld({ url: site.url }, { since });
    await recent.harvest();
    const dates = [...recent.held.values()].map(({ published = '' }) => Date.parse(published));
    expect(dates.length).toBeGreaterThan(20);
    expect(Math.min(...dates)).toBeGreaterThanOrEqual(since);
  });

  it('misses nothing while editors work', async () => {
    const slow = createWorld({ url: site.url, perPage: 40 });
    const working = async (batch: number) => {
      const edited = posts.open.slice(batch * 20, batch * 20 + 15);
      await site.php(
        `foreach ($args['edited'] as $id) if (get_post_status($id) === 'publish') wp_update_post(['ID' => $id, 'post_content' => 'Bản ' . $args['batch']]);
         return wp_insert_post(['post_title' => 'Tin nóng ' . $args['batch'], 'post_status' => 'publish']);`,
        { edited, batch },
      );
    };
    await slow.harvest({ killAt: 3, between: working });
    await slow.harvest({ between: batch => (batch < 4 ? working(batch + 10) : Promise.resolve()) });
    await slow.harvest();
    const published = (await site.php(
      `get_posts(['numberposts' => -1, 'fields' => 'ids', 'has_password' => false])`,
    )) as number[];
    expect([...slow.held.keys()].sort()).toEqual(published.map(nameOf).sort());
    const contents = (await site.php(
      `wp_list_pluck(get_posts(['numberposts' => -1]), 'post_content', 'ID')`,
    )) as Record<string, string>;
    const stale = published.filter(
      id =>
        contents[id]?.startsWith('Bản') && !slow.held.get(nameOf(id))?.content?.value.includes(contents[id]),
    );
    expect(stale).toEqual([]);
    await world.harvest();
    expect(world.held.size).toBe(published.length);
  });

  it('gives the featured picture with its size, alt, caption and credit', async () => {
    const id = await site.php(PICTURED);
    await world.harvest();
    expect(world.held.get(`post:${id}`)?.media).toEqual([
      {
        url: expect.stringMatching(/\/wp-content\/uploads\/.*san-viec-lam\.png$/),
        type: 'image/png',
        length: expect.any(Number),
        width: 64,
        height: 36,
        alt: 'Sàn việc làm & tuyển dụng',
        caption: 'Ảnh: TTXVN',
        credit: 'Lê An',
        role: 'lead',
      },
    ]);
  });

  it('gives posts of a custom type', async () => {
    await site.php(
      `wp_mkdir_p(WPMU_PLUGIN_DIR) && file_put_contents(WPMU_PLUGIN_DIR . '/van-ban.php', $args['code'])`,
      {
        code: `<?php add_action('init', function () {
        register_post_type('van_ban', ['public' => true, 'show_in_rest' => true, 'rest_base' => 'van-ban', 'supports' => ['title', 'editor']]);
      });`,
      },
    );
    const id = await site.php(
      `wp_insert_post(['post_type' => 'van_ban', 'post_title' => 'Thông tư 05/2026', 'post_status' => 'publish'])`,
    );
    const documents = createWorld({ url: site.url, types: ['van-ban'] });
    await documents.harvest();
    expect([...documents.held.keys()]).toEqual([`post:${id}`]);
    await site.php(`wp_trash_post($args['id'])`, { id });
    await documents.harvest();
    expect(documents.held.size).toBe(0);
    await expect(createWorld({ url: site.url, types: ['khong-co'] }).harvest()).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
  });

  it('finds the API without pretty addresses', async () => {
    await site.php(`update_option('permalink_structure', ''); flush_rewrite_rules(); return true;`);
    const plain = createWorld({ url: site.url });
    await plain.harvest();
    expect([...plain.held.keys()].sort()).toEqual([...world.held.keys()].sort());
    const moved = await world.harvest();
    expect(moved.deletions).toEqual([]);
    await site.php(
      `global $wp_rewrite; $wp_rewrite->set_permalink_structure('/%year%/%monthnum%/%postname%/'); return true;`,
    );
    await site.php('flush_rewrite_rules()');
  });

  it('enters a private site by an application password, and takes nothing back while it is shut out', async () => {
    const [password] = (await site.php(
      `WP_Application_Passwords::create_new_application_password(1, ['name' => 'cổng'])`,
    )) as [string];
    await site.php(
      `wp_mkdir_p(WPMU_PLUGIN_DIR);
       return file_put_contents(WPMU_PLUGIN_DIR . '/private.php', $args['code']);`,
      {
        code: `<?php add_filter('rest_authentication_errors', function ($result) {
          if (is_wp_error($result)) return $result;
          return is_user_logged_in() ? $result : new WP_Error('rest_not_logged_in', 'Cần đăng nhập', ['status' => 401]);
        }, 200);`,
      },
    );
    const before = world.held.size;
    await expect(world.harvest()).rejects.toMatchObject({ code: 'SITE_UNAUTHORISED' });
    expect(world.held.size).toBe(before);
    const user = createWorld({ url: site.url, user: 'bientap', password });
    await user.harvest();
    expect(user.held.size).toBe(before);
    const wrong = createWorld({ url: site.url, user: 'bientap', password: 'sai' });
    await expect(wrong.harvest()).rejects.toMatchObject({ code: 'SITE_UNAUTHORISED' });
    await site.php(`unlink(WPMU_PLUGIN_DIR . '/private.php')`);
  });

  it('costs the site no PHP warning', async () => {
    const log = await site.php(`file_exists(WP_DEBUG_LOG) ? file_get_contents(WP_DEBUG_LOG) : ''`);
    expect(String(log)).not.toMatch(/PHP (?:Warning|Notice|Fatal)/);
  });
});

describe('the connector on a WordPress behind UTC, with plain addresses', () => {
  it('sees what changed by its modification time alone, and nothing else', async () => {
    const far = await startWordPress({ timeZone: 'America/New_York', permalinks: '' });
    try {
      const old = await far.php(
        `$ids = [];
         for ($n = 0; $n < 130; $n++) {
           $at = gmdate('Y-m-d H:i:s', time() - 86400 - 60 * $n);
           $ids[] = wp_insert_post(['post_title' => "Tin $n", 'post_status' => 'publish', 'post_date_gmt' => $at, 'post_date' => get_date_from_gmt($at)]);
         }
         return $ids;`,
      );
      const there = createWorld({ url: far.url });
      const first = await there.harvest();
      expect(there.held.size).toBe(131);
      expect(first.requests[1]).toContain('rest_route=');
      const oldest = at(old as number[], 129);
      await far.php(`wp_update_post(['ID' => $args['id'], 'post_title' => 'Đã sửa'])`, { id: oldest });
      const second = await there.harvest();
      expect(second.entries.map(({ sourceId }) => sourceId)).toEqual([nameOf(oldest)]);
      // Changes, authors, categories, newest ids: found by time, not by comparing lists.
      expect(second.requests).toHaveLength(4);
    } finally {
      await far.stop();
    }
  }, 120_000);
});
