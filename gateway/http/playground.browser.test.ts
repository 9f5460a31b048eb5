import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../e2e/browser.ts';
import { newItems, saveItems } from '../e2e/seed.ts';
import { openSeededServices, type SeededServices } from '../e2e/seeded-services.ts';
import { createGraphqlRoutes } from './graphql.ts';

let world: SeededServices;
let server: Server;
let origin: string;
let browser: Browser;

beforeAll(async () => {
  world = await openSeededServices();
  await saveItems(world.store, newItems(8));
  const app = express();
  app.use(await createGraphqlRoutes(world.services));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await startBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
  await world.close();
});

describe('the playground in a browser', () => {
  it('asks portal, units and press at the first click, and asks nobody but us', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', request => asked.push(request.url()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));

    await page.goto(`${origin}/graphql`);
    await page.click('button[aria-label^="Execute"]');
    const answer = page.locator('.result-window');
    await answer.getByText('Tin bai-0 của Cổng thông tin điện tử').first().waitFor();
    // The editor shows blanks as non-breaking ones.
    expect((await answer.innerText()).replace(/\s/g, ' ')).toContain('"section": "Thời sự"');

    expect(complaints).toEqual([]);
    expect(
      asked.filter(address => !address.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(address)),
    ).toEqual([]);
    await page.close();
  }, 60_000);

  it('shows another example when its tab is clicked', async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/graphql`);
    const editor = page.locator('.graphiql-query-editor .view-lines');
    await editor
      .getByText(/BaLoaiTrang/)
      .first()
      .waitFor();
    await page.locator('.graphiql-tab', { hasText: 'TinMoi' }).click();
    await editor
      .getByText(/TinMoi/)
      .first()
      .waitFor({ timeout: 10_000 });
    await page.close();
  }, 60_000);

  it('says why it shows no schema where the federation file keeps it to the operator', async () => {
    const federation = { ...world.services.federation, graphql: { introspection: false } };
    const app = express();
    app.use(await createGraphqlRoutes({ ...world.services, federation }));
    const closed = app.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(closed.address() as AddressInfo).port}/graphql`);
    await page.getByText('chỉ cho người vận hành xem lược đồ').first().waitFor();
    await page.click('button[aria-label^="Execute"]');
    await page.locator('.result-window').getByText('Tin bai-0 của Cổng thông tin điện tử').first().waitFor();
    await page.close();
    closed.closeAllConnections();
    closed.close();
  }, 60_000);
});
