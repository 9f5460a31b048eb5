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
});
