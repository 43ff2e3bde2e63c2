import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { awake, Board, expect, test as base } from './fixtures';
import { audit } from './support/audit';
import { live } from './support/shop';

const KEYS = `Basic ${Buffer.from('ck_right:cs_right').toString('base64')}`;

function order(id: number, status: string, total = '150.00') {
  return {
    id, number: String(id), status, currency: 'UAH', total, date_created_gmt: '2025-03-01T10:00:00',
    date_modified_gmt: '2025-03-05T10:00:00', billing: { first_name: 'Olena', last_name: `No ${id}` },
    line_items: [{ name: 'Coffee', quantity: 1, price: 150, total }],
  };
}

interface Woo {
  url: string;
  /** Answers nothing until it is set to false. */
  silent: boolean;
}

/** A WooCommerce with three orders that can be read and one that can't. */
const test = base.extend<{ woo: Woo }>({
  woo: async ({}, use) => {
    const orders = [order(1, 'completed'), order(2, 'cancelled'), order(3, 'processing'), order(4, 'completed', 'a lot')];
    const waiting: ServerResponse[] = [];
    const woo: Woo = { url: '', silent: false };
    const server = createServer((request, response) => {
      if (woo.silent) {
        waiting.push(response);
      } else if (request.headers.authorization !== KEYS) {
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"woocommerce_rest_authentication_error"}');
      } else {
        response.writeHead(200, { 'content-type': 'application/json', 'x-wp-total': '4', 'x-wp-totalpages': '1' });
        response.end(JSON.stringify(orders));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    woo.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await use(woo);
    waiting.forEach((response) => response.destroy());
    await new Promise((resolve) => server.close(resolve));
  },
});

async function open(page: Page): Promise<Locator> {
  await page.goto('/settings/storefronts');
  const door = page.locator('details.door').filter({ hasText: 'Bring in existing orders' });
  await awake(door.locator('form'));
  await door.locator('summary').click();
  return door;
}

async function fill(door: Locator, address: string, secret: string): Promise<void> {
  await door.getByLabel('Address of the shop').fill(address);
  await door.getByLabel('Consumer key').fill('ck_right');
  await door.getByLabel('Consumer secret').fill(secret);
  await door.locator('button[type=submit]').click();
}

test('a shop says no to the keys, in words; with the right ones its orders come in, each where it ended', async ({ woo, shop, person }) => {
  const page = await person();
  const door = await open(page);
  await fill(door, woo.url, 'cs_wrong');
  await expect(door.locator('.fault').filter({ hasText: 'does not accept these keys' })).toBeVisible({ timeout: 20_000 });
  await expect(door.getByLabel('Address of the shop')).toHaveValue(woo.url);
  await expect(door.getByLabel('Consumer secret')).toHaveValue('');
  await audit(page, 'a shop that said no');

  await fill(door, woo.url, 'cs_right');
  await expect(door.getByRole('status')).toHaveText('Everything is here', { timeout: 20_000 });
  await expect(door).toContainText('New or updated: 3');
  for (const words of ['New or updated: 3', 'Here already: 0', 'Not understood: 1']) await expect(door).toContainText(words);
  await expect(door.getByLabel('Consumer secret')).toHaveValue('');
  await audit(page, 'orders that came in');
  expect(await page.content()).not.toContain('cs_right');

  await page.goto(shop.board);
  await live(page);
  const seen = new Board(page);
  await expect(seen.cardOn('Paid', 'Olena No 1')).toBeVisible();
  await expect(seen.cardOn('Cancelled', 'Olena No 2')).toBeVisible();
  await expect(seen.cardOn('New order', 'Olena No 3')).toBeVisible();

  await page.goto('/settings/storefronts');
  await page.locator('details.door summary').filter({ hasText: 'Bring in existing orders' }).click();
  await page.getByRole('link', { name: 'See them in the intake' }).click();
  await expect(page).toHaveURL(/\/settings\/intake$/);
  await expect(page.getByRole('main')).toContainText('WooCommerce', { ignoreCase: true });
});

test('it can be paused, gone on with, and stopped; what is wrong with the form is said at once', async ({ woo, person, complaints }) => {
  complaints.expectRefusal();
  woo.silent = true;
  const page = await person();
  const door = await open(page);
  await fill(door, 'http://shop.example', 'cs_right');
  await expect(door.locator('form .fault')).toContainText('This is no address of such a shop');
  await expect(door.getByLabel('Consumer secret')).toHaveValue('cs_right');

  await fill(door, woo.url, 'cs_right');
  const state = door.getByRole('status');
  await expect(state).toHaveText('Bringing them in');
  await expect(door.locator('form')).toHaveCount(0);
  await door.getByRole('button', { name: 'Pause' }).click();
  await expect(state).toHaveText('Paused');
  await page.reload();
  const again = page.locator('details.door').filter({ hasText: 'Bring in existing orders' });
  await expect(again.getByRole('status'), 'it stays open').toHaveText('Paused');
  await awake(again.getByRole('button', { name: 'Go on' }));
  await again.getByRole('button', { name: 'Go on' }).click();
  await expect(again.getByRole('status')).toHaveText('Bringing them in');
  await again.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(again.getByRole('status')).toHaveText('Stopped');

  woo.silent = false;
  await again.getByLabel('Consumer key').fill('ck_right');
  await again.getByLabel('Consumer secret').fill('cs_right');
  await again.getByRole('button', { name: 'Try again' }).click();
  await expect(again.getByRole('status')).toHaveText('Everything is here', { timeout: 20_000 });
});
