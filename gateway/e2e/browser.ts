import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Quiet: no request of the browser's own may be taken for one of ours. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Visit {
  readonly page: Page;
  readonly status: number;
  /** Errors of the console, of scripts, and of the content security policy. */
  readonly complaints: readonly string[];
  /** Everything that was asked for, this page's own address included. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export const PHONE = { viewport: { width: 390, height: 844 } } as const;
export const DESK = { viewport: { width: 1280, height: 900 } } as const;

export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = DESK,
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('dialog', async dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('console', message => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text()))
      complaints.push(message.text());
  });
  const response = await page.goto(url, { waitUntil: 'load' });
  return { page, status: response?.status() ?? 0, complaints, asked, close: () => context.close() };
}

/** CSS pixels that stick out to the right of the window. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
