import type { Locator, Page } from '@playwright/test';
import { awake, expect, test as base } from './fixtures';
import { audit } from './support/audit';
import { isSigned, Receiver } from './support/receiver';

const test = base.extend<{ receiver: Receiver }>({
  receiver: async ({}, use) => {
    const receiver = await Receiver.start();
    await use(receiver);
    await receiver.stop();
  },
});

/** Makes a webhook of every usual event; answers with its secret. */
async function make(page: Page, url: string): Promise<string> {
  await page.goto('/settings/webhooks');
  const form = page.locator('form').filter({ has: page.locator('#webhook-url') });
  await awake(form);
  await form.getByLabel('Where to send').fill(url);
  await form.getByRole('button', { name: 'Add the webhook' }).click();
  await expect(page.getByText('The secret is shown once. Save it in your system now.')).toBeVisible();
  const secret = await page.locator('#webhook-secret').inputValue();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{40}$/);
  return secret;
}

async function open(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open the webhook to 127.0.0.1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '127.0.0.1' })).toBeVisible();
  await awake(page.getByRole('button', { name: 'Send a test' }));
}

/** The message, once it says so. */
async function delivery(page: Page, what: string, state: string): Promise<Locator> {
  const one = page.locator('.delivery').filter({ hasText: what }).filter({ hasText: state }).first();
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(one).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  return one;
}

test('a webhook is made, tested, and its messages arrive signed', async ({ shop, person, receiver }) => {
  const page = await person();
  const secret = await make(page, receiver.url);
  await expect(page.locator('.webhook')).toContainText('works');
  await audit(page, 'the page of webhooks with a secret');
  await open(page);
  expect(await page.content(), 'it is shown once').not.toContain(secret);

  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.locator('.toast').filter({ hasText: 'The test has arrived' })).toBeVisible();
  const tested = page.locator('.webhook-tested');
  await expect(tested).toContainText('answer 200');
  await tested.getByText('What was sent').click();
  await expect(tested.getByRole('region', { name: 'What was sent' })).toContainText('webhook.test');
  await tested.getByText('Answer', { exact: true }).click();
  await expect(tested.getByRole('region', { name: 'Answer' })).toHaveText('heard 1');

  await shop.order(1, { name: 'Olena Private' });
  await expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBe(3);
  const types = receiver.heard.map(({ body }) => (JSON.parse(body) as { type: string }).type).sort();
  expect(types).toEqual(['deal.created', 'order.received', 'webhook.test']);
  for (const heard of receiver.heard) {
    expect(isSigned(heard, secret)).toBe(true);
    expect(heard.body).not.toContain('Private');
  }
  const created = await delivery(page, 'New deal', 'delivered');
  await created.locator('summary').first().click();
  await expect(created).toContainText('answer 200');
  await expect(created).toContainText('webhook-id: msg_');
  await audit(page, 'a webhook with an open message');
});

test('what did not arrive is shown with its answer, and sent again by hand', async ({ shop, person, receiver }) => {
  const page = await person();
  await make(page, receiver.url);
  receiver.status = 500;
  await open(page);
  await shop.order(1);
  const failed = await delivery(page, 'New deal', 'failed, will be tried again');
  await expect(failed).toContainText('answer 500');
  await page.reload();
  await expect(page.getByText('not arriving')).toBeVisible();

  receiver.status = 200;
  const one = page.locator('.delivery').filter({ hasText: 'New deal' });
  await awake(page.getByRole('button', { name: 'Send a test' }));
  await one.locator('summary').first().click();
  await one.getByRole('button', { name: 'Send again' }).click();
  await delivery(page, 'New deal', 'delivered');
  const ids = receiver.heard.filter(({ body }) => body.includes('deal.created')).map(({ headers }) => headers['webhook-id']);
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size, 'one name, however often it is sent').toBe(1);
});

test('a secret is changed: for a day both sign', async ({ shop, person, receiver }) => {
  const page = await person();
  const first = await make(page, receiver.url);
  await open(page);
  await page.getByRole('button', { name: 'New secret' }).click();
  const dialog = page.getByRole('dialog', { name: 'A new secret for 127.0.0.1?' });
  await expect(dialog).toContainText('For 24 hours both secrets sign');
  await dialog.getByRole('button', { name: 'New secret' }).click();
  await expect(page.getByText('The secret is shown once. Save it in your system now.')).toBeVisible();
  const second = await page.locator('#webhook-secret').inputValue();
  expect(second).not.toBe(first);
  await expect(page.getByText('The old secret signs too until')).toBeVisible();
  await shop.order(1);
  await expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBeGreaterThan(0);
  expect([isSigned(receiver.heard[0], first), isSigned(receiver.heard[0], second)]).toEqual([true, true]);
});

test('paused it is silent, changed it hears something else, deleted it is gone', async ({ shop, person, receiver }) => {
  const page = await person();
  await make(page, receiver.url);
  await open(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.webhook-state').first()).toContainText('paused');
  const { deal } = await shop.order(1);
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.locator('.webhook-state').first()).toContainText('works');

  const form = page.locator('form').filter({ has: page.locator('#webhook-url') });
  for (const box of ['New deal deal.created', 'Order came in order.received']) await form.getByLabel(box).uncheck();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast').filter({ hasText: 'Saved' })).toBeVisible();
  await shop.order(2);
  await shop.move(deal, 'Shipped');
  await expect.poll(() => receiver.heard.length, { timeout: 10_000 }).toBe(1);
  expect(JSON.parse(receiver.heard[0].body)).toMatchObject({ type: 'deal.moved' });

  await page.getByRole('button', { name: 'Delete the webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the webhook to 127.0.0.1?' });
  await dialog.getByRole('button', { name: 'Delete the webhook' }).click();
  await expect(page).toHaveURL(/\/settings\/webhooks$/);
  await expect(page.getByRole('main').locator('.empty')).toContainText('There are no webhooks yet');
});

test('an address that can’t be taken is refused beside the form, which keeps what was typed', async ({ person, complaints }) => {
  complaints.expectRefusal();
  const page = await person();
  await page.goto('/settings/webhooks');
  const form = page.locator('form').filter({ has: page.locator('#webhook-url') });
  await awake(form);
  const url = form.getByLabel('Where to send');
  for (const [typed, words] of [
    ['ftp://example.com/hook', 'The address must begin with https://'],
    ['https://me:secret@example.com/', 'Take the name and password out of the address'],
  ]) {
    await url.fill(typed);
    await form.getByRole('button', { name: 'Add the webhook' }).click();
    await expect(form.getByRole('alert')).toContainText(words);
    await expect(url).toHaveValue(typed);
  }
  await url.fill('https://1.1.1.1/');
  for (const box of await form.locator('.webhook-topics input').all()) await box.uncheck();
  await form.getByRole('button', { name: 'Add the webhook' }).click();
  await expect(form.getByRole('alert')).toContainText('Choose at least one event and one storefront.');
  await expect(page.locator('.webhook')).toHaveCount(0);
});

test('on a phone it fits', async ({ person, receiver }) => {
  const page = await person({ viewport: { width: 390, height: 844 } });
  await make(page, `${receiver.url}/${'long'.repeat(40)}`);
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await fits();
  await open(page);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.locator('.webhook-tested')).toContainText('answer 200');
  await fits();
});
