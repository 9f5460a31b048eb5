import { parseHtml } from '../pages/parse-html.ts';

/** What a page says that rules look at; plain data, made once a page. */
export interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly lang?: string;
  /** `name`, `property` or `http-equiv`, lower case, in the order of the page; the empty ones too. */
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** `<link>` elements. */
  readonly relations: readonly { readonly rel: string; readonly href: string; readonly type?: string }[];
  readonly anchors: readonly Anchor[];
  readonly images: readonly Image[];
  readonly scripts: readonly { readonly src?: string; readonly text: string }[];
  readonly frames: readonly string[];
  readonly headings: readonly string[];
  /** Texts without scripts and styles, white space folded. */
  readonly text: string;
  readonly footerText: string;
  /** Each parsed; graphs are opened. */
  readonly jsonLd: readonly Readonly<Record<string, unknown>>[];
  readonly brokenJsonLd: number;
  /** `marquee`, `blink`, `form` … and how often; only those rules ask for. */
  readonly tags: Readonly<Record<string, number>>;
  /** Next to no words but scripts: it shows itself only to a browser, so nothing can be said of it. */
  readonly shell: boolean;
}
export interface Anchor {
  /** Absolute where it can be; as written else. */
  readonly href: string;
  readonly name: string;
  readonly hidden: boolean;
}
export interface Image {
  readonly src: string;
  readonly alt?: string;
  readonly role?: string;
  readonly width?: number;
  readonly height?: number;
  readonly caption?: string;
}

const MAX_CHARACTERS = 3_000_000;
const MAX_PARTS = 5_000;
const MAX_DEPTH = 2_000;
const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);
const COUNTED = new Set(['marquee', 'blink', 'form', 'iframe', 'object', 'embed', 'video', 'audio']);

/** HTML → facts. Total and linear; comments count for nothing. */
export function readPage(html: string, url: string): PageFacts {
  const reader = new PageReader(url);
  const handler = {
    onopentag: (name: string, attributes: Attributes) => reader.open(name, attributes),
    ontext: (text: string) => reader.words(text),
    onclosetag: (name: string) => reader.close(name),
  };
  parseHtml(html, handler, MAX_CHARACTERS);
  return reader.facts();
}

type Attributes = Readonly<Record<string, string>>;
interface Open {
  readonly name: string;
  readonly hidden: boolean;
  readonly footer: boolean;
}

class PageReader {
  private readonly url: string;
  private base: string;
  private readonly stack: Open[] = [];
  private readonly anchors: { href: string; name: string; hidden: boolean }[] = [];
  private readonly images: Mutable<Image>[] = [];
  private readonly scripts: { src?: string; text: string; type: string }[] = [];
  private readonly metas: { name: string; content: string }[] = [];
  private readonly relations: { rel: string; href: string; type?: string }[] = [];
  private readonly frames: string[] = [];
  private readonly headings: string[] = [];
  private readonly text: string[] = [];
  private readonly footer: string[] = [];
  private readonly tags: Record<string, number> = {};
  private title = '';
  private lang: string | undefined;
  private figureStart = -1;

  constructor(url: string) {
    this.url = url;
    this.base = url;
  }

  open(name: string, attributes: Attributes): void {
    const above = this.stack.at(-1);
    if (this.stack.length < MAX_DEPTH) {
      this.stack.push({
        name,
        hidden: above?.hidden === true || isHidden(attributes),
        footer: above?.footer === true || isFooter(name, attributes),
      });
    }
    if (COUNTED.has(name)) this.tags[name] = (this.tags[name] ?? 0) + 1;
    if (
      name !== 'br' &&
      name !== 'b' &&
      name !== 'i' &&
      name !== 'span' &&
      name !== 'em' &&
      name !== 'strong'
    )
      this.break();
    this.note(name, attributes);
  }

  words(text: string): void {
    const here = this.stack.at(-1);
    if (here?.name === 'script') {
      const script = this.scripts.at(-1);
      if (script) script.text += text;
    }
    if (here?.name === 'title' && this.title.length < 500) this.title += text;
    if (here !== undefined && (UNSEEN.has(here.name) || here.name === 'title')) return;
    if (here?.hidden !== true) {
      this.text.push(text);
      if (here?.footer) this.footer.push(text);
    }
    this.name(text);
  }

  close(name: string): void {
    if (name === 'figure') this.figureStart = -1;
    if (this.stack.at(-1)?.name === name) this.stack.pop();
    if (name === 'p' || name === 'div' || name === 'li' || name === 'td') this.break();
  }

  facts(): PageFacts {
    const { jsonLd, broken } = readJsonLd(
      this.scripts.filter(({ type }) => type === 'application/ld+json').map(({ text }) => text),
    );
    const text = folded(this.text.join(''));
    const scripts = this.scripts.map(({ src, text: code }) => ({
      text: code,
      ...(src !== undefined && { src }),
    }));
    return {
      url: this.url,
      title: folded(this.title),
      ...(this.lang !== undefined && { lang: this.lang }),
      metas: this.metas,
      relations: this.relations,
      anchors: this.anchors.map(anchor => ({ ...anchor, name: folded(anchor.name) })),
      images: this.images,
      scripts,
      frames: this.frames,
      headings: this.headings.map(folded),
      text,
      footerText: folded(this.footer.join('')),
      jsonLd,
      brokenJsonLd: broken,
      tags: this.tags,
      shell: text.length < 200 && scripts.length > 0 && this.anchors.length < 3,
    };
  }

  private note(name: string, attributes: Attributes): void {
    if (name === 'html') this.lang = attributes.lang;
    else if (name === 'base' && attributes.href !== undefined)
      this.base = absolute(attributes.href, this.url);
    else if (name === 'meta') this.noteMeta(attributes);
    else if (name === 'link') this.noteRelation(attributes);
    else if (name === 'script') add(this.scripts, scriptOf(attributes, this.base));
    else if (name === 'iframe') add(this.frames, absolute(attributes.src ?? '', this.base));
    else if (name === 'h1') add(this.headings, '');
    else if (name === 'figure') this.figureStart = this.images.length;
    else if (name === 'a' && attributes.href !== undefined) this.noteAnchor(attributes);
    else if (name === 'img') this.noteImage(attributes);
  }

  private noteMeta(attributes: Attributes): void {
    const name = attributes.name ?? attributes.property ?? attributes['http-equiv'] ?? attributes.itemprop;
    if (name !== undefined)
      add(this.metas, {
        name: name.trim().toLowerCase(),
        content: (attributes.content ?? '').slice(0, 5_000),
      });
  }

  private noteRelation({ rel = '', href, type }: Attributes): void {
    if (href === undefined) return;
    add(this.relations, {
      rel: rel.toLowerCase(),
      href: absolute(href, this.base),
      ...(type !== undefined && { type }),
    });
  }

  private noteAnchor(attributes: Attributes): void {
    const hidden = this.stack.at(-1)?.hidden === true;
    const name = attributes['aria-label'] ?? attributes.title ?? '';
    add(this.anchors, { href: absolute(attributes.href ?? '', this.base), name, hidden });
  }

  private noteImage(attributes: Attributes): void {
    const width = pixels(attributes.width);
    const height = pixels(attributes.height);
    add(this.images, {
      src: absolute(attributes.src ?? attributes['data-src'] ?? '', this.base),
      ...(attributes.alt !== undefined && { alt: attributes.alt }),
      ...(attributes.role !== undefined && { role: attributes.role }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    });
    if (attributes.alt !== undefined) this.name(attributes.alt);
  }

  /** Words inside a link, a heading or a caption are its name. */
  private name(text: string): void {
    for (let depth = this.stack.length - 1, seen = 0; depth >= 0 && seen < 12; depth--, seen++) {
      const name = this.stack[depth]?.name;
      const anchor = this.anchors.at(-1);
      if (name === 'a' && anchor && anchor.name.length < 1_000) anchor.name += text;
      if (name === 'h1' && this.headings.length > 0) this.headings[this.headings.length - 1] += text;
      if (name === 'figcaption' && this.figureStart >= 0) {
        for (const image of this.images.slice(this.figureStart, this.figureStart + 20))
          image.caption = folded((image.caption ?? '') + text);
      }
    }
  }

  private break(): void {
    this.text.push(' ');
    this.footer.push(' ');
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function add<T>(list: T[], part: T): void {
  if (list.length < MAX_PARTS) list.push(part);
}

function scriptOf({ src, type = '' }: Attributes, base: string) {
  return {
    ...(src !== undefined && { src: absolute(src, base) }),
    type: type.trim().toLowerCase(),
    text: '',
  };
}

function isHidden({ hidden, style = '' }: Attributes): boolean {
  return (
    hidden !== undefined ||
    /(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden)/i.test(style.slice(0, 2_000))
  );
}

function isFooter(name: string, { id = '', class: classes = '', role }: Attributes): boolean {
  return (
    name === 'footer' ||
    role === 'contentinfo' ||
    /(?:^|[\s_-])footer(?:$|[\s_-])/i.test(`${id} ${classes}`.slice(0, 500))
  );
}

function absolute(reference: string, base: string): string {
  const trimmed = reference.trim().slice(0, 4_000);
  return URL.canParse(trimmed, base) ? new URL(trimmed, base).href : trimmed;
}

function pixels(value: string | undefined): number | undefined {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function readJsonLd(texts: readonly string[]) {
  const jsonLd: Readonly<Record<string, unknown>>[] = [];
  let broken = 0;
  for (const text of texts.slice(0, 50)) {
    try {
      jsonLd.push(...objectsOf(JSON.parse(text)));
    } catch {
      broken++;
    }
  }
  return { jsonLd: jsonLd.slice(0, 200), broken };
}

/** One block may hold an object, a list of them, or a graph. */
function objectsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.slice(0, 200).flatMap(part => {
    if (typeof part !== 'object' || part === null) return [];
    const object: Readonly<Record<string, unknown>> = { ...part };
    const graph: unknown = object['@graph'];
    const inner = Array.isArray(graph) ? graph.filter(node => typeof node === 'object' && node !== null) : [];
    return [object, ...inner.slice(0, 200).map(node => ({ ...node }))];
  });
}
